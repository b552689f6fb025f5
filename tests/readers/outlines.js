// Reads PDF files with pdf.js, Firefox's reader (Debian's libjs-pdf): node outlines.js FILE…
//
// One line a page, "file page sha256 of what it draws": all operators in their order, each glyph as the outline that pdf.js made of
// the font's program; and one line for whatever pdf.js warns of; the exit code is 1 when it did.
'use strict'
const { createHash } = require('crypto')
const { readFileSync } = require('fs')
const PDFJS = '/usr/share/nodejs/pdfjs-dist/build/pdf.js'

const warnings = []
const log = console.log
console.log = console.warn = text => warnings.push(String(text))
const pdfjs = require(PDFJS)
warnings.length = 0 // of its own start
pdfjs.GlobalWorkerOptions.workerSrc = PDFJS.replace('pdf.js', 'pdf.worker.js')

// An object that the page's operators name: a font with its outlines, a picture.
function named (page, name) {
  const objects = name.startsWith('g_') ? page.commonObjs : page.objs
  return new Promise(resolve => objects.get(name, resolve))
}

// The glyphs of a showText: numbers are moves, glyphs their outline, width and text.
function shown (page, font, glyphs) {
  return glyphs.map(glyph => {
    if (glyph === null || typeof glyph === 'number') return glyph
    // For an empty glyph this pdf.js gives the outline of .notdef, which a browser's own fonts never show.
    if (glyph.unicode.trim() === '') return [glyph.unicode, glyph.width]
    const path = font + '_path_' + glyph.fontChar
    const outline = page.commonObjs.has(path) ? page.commonObjs.get(path) : null
    if (outline === null) warnings.push('no outline for ' + glyph.unicode)
    return [glyph.unicode, glyph.width, outline]
  })
}

async function hash (page) {
  const { fnArray, argsArray } = await page.getOperatorList()
  const all = createHash('sha256')
  let font = null
  for (let i = 0; i < fnArray.length; i++) {
    let args = argsArray[i]
    if (fnArray[i] === pdfjs.OPS.dependency) continue // names that pdf.js gave to fonts
    if (fnArray[i] === pdfjs.OPS.setFont) {
      font = args[0]
      args = args.slice(1)
    } else if (fnArray[i] === pdfjs.OPS.showText) {
      await named(page, font)
      args = shown(page, font, args[0])
    } else if (fnArray[i] === pdfjs.OPS.paintImageXObject || fnArray[i] === pdfjs.OPS.paintJpegXObject) {
      args = args.slice(1)
    }
    all.update(fnArray[i] + JSON.stringify(args, (key, value) => ArrayBuffer.isView(value) ? Array.from(value) : value) + '\n')
  }
  return all.digest('hex')
}

async function main () {
  for (const file of process.argv.slice(2)) {
    const loading = pdfjs.getDocument({
      data: new Uint8Array(readFileSync(file)), disableFontFace: true, useSystemFonts: false, verbosity: 1
    })
    const document = await loading.promise
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      log(file, number, await hash(page))
      page.cleanup()
    }
    await loading.destroy()
  }
  for (const text of warnings) log(text)
  process.exitCode = warnings.length > 0 ? 1 : 0
}
main()
