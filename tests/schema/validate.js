// Holds YAML files against a JSON Schema: node validate.js SCHEMA FILE…
//
// A file may hold several cases, parted by lines "---"; what a case's first line says ("# refused: why") must happen, else it
// must pass. One line is printed for each surprise; the exit code is 1 when there was one.
'use strict'
const fs = require('fs')
const Ajv = require('ajv')
const yaml = require('yaml')

// A keyword or format that ajv doesn't know is a mistake in the schema.
const ajv = new Ajv({ allErrors: true, strictKeywords: true, strictDefaults: true, unknownFormats: [] })
const [schema, ...files] = process.argv.slice(2)
// This ajv makes patterns without the flag that \p{L} wants, and that JSON Schema asks for (6.3.3 of its core).
const Plain = RegExp
globalThis.RegExp = class extends Plain { constructor (pattern, flags = 'u') { super(pattern, flags) } }
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')))
globalThis.RegExp = Plain
let surprises = 0

// `from` counts the case's first line.
function hold (file, text, from) {
  const refused = /^# refused: (.*)$/m.exec(text)
  const passes = validate(yaml.parse(text, { logLevel: 'silent' }))
  if (passes === !refused) return
  surprises++
  const told = passes ? ['passes: ' + refused[1]] : validate.errors.map(e => `${e.dataPath || '/'} ${e.message} ${JSON.stringify(e.params)}`)
  for (const what of told) console.log(`${file}:${from}: ${what}`)
}

for (const file of files) {
  let line = 1
  for (const text of fs.readFileSync(file, 'utf8').split(/^---\n/m)) {
    hold(file, text, line)
    line += text.split('\n').length
  }
}
process.exit(surprises === 0 ? 0 : 1)
