// What people find in PDF files with pdf.js, Firefox's reader (Debian's libjs-pdf): node typed.js FILE…
//
// One line a file, a JSON array of its pages: the text that its search looks through.
'use strict'
const { readFileSync } = require('fs')
const PDFJS = '/usr/share/nodejs/pdfjs-dist/build/pdf.js'
const log = console.log
console.log = console.warn = () => {}
const pdfjs = require(PDFJS)
pdfjs.GlobalWorkerOptions.workerSrc = PDFJS.replace('pdf.js', 'pdf.worker.js')

async function main () {
  for (const file of process.argv.slice(2)) {
    const loading = pdfjs.getDocument({ data: new Uint8Array(readFileSync(file)), disableFontFace: true, useSystemFonts: false, verbosity: 0 })
    const document = await loading.promise
    const pages = []
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent()
      pages.push(items.map(item => item.str + (item.hasEOL ? '\n' : '')).join(''))
    }
    log(JSON.stringify(pages))
    await loading.destroy()
  }
}

main().catch(error => {
  process.stderr.write(String(error) + '\n')
  process.exitCode = 1
})
