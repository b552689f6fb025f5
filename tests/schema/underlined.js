// Names the YAML files that a JSON Schema refuses, or that are no YAML: node underlined.js SCHEMA LIST, a file with a name a line.
'use strict'
const fs = require('fs')
const Ajv = require('ajv')
const yaml = require('yaml')

const [schema, list] = process.argv.slice(2)
const ajv = new Ajv({ unknownFormats: [] })
const Plain = RegExp // validate.js says why
globalThis.RegExp = class extends Plain { constructor (pattern, flags = 'u') { super(pattern, flags) } }
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')))
globalThis.RegExp = Plain

function passes (text) {
  try {
    return validate(yaml.parse(text, { logLevel: 'silent' }))
  } catch (e) {
    return false
  }
}

for (const file of fs.readFileSync(list, 'utf8').split('\n')) {
  if (!passes(fs.readFileSync(file, 'utf8'))) console.log(file)
}
