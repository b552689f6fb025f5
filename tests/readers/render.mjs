// Draws PDF files with pdf.js, Firefox's reader: node render.mjs FILE…
//
// One line a page, "file page sha256 of its pixels", and one for whatever pdf.js warns of; the exit code is 1 when it did.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const require = createRequire(process.env.MODULES + '/')
const canvas = require('@napi-rs/canvas')
// What a browser has and Debian's Node hasn't.
Object.assign(globalThis, { DOMMatrix: canvas.DOMMatrix, ImageData: canvas.ImageData, Path2D: canvas.Path2D })
class CanvasFactory {
  create (width, height) {
    const made = canvas.createCanvas(Math.max(1, width), Math.max(1, height))
    return { canvas: made, context: made.getContext('2d') }
  }

  reset (made, width, height) {
    made.canvas.width = width
    made.canvas.height = height
  }

  destroy () {}
}

const warnings = []
const log = console.log
console.log = console.warn = text => warnings.push(text)
const pdfjs = await import(require.resolve('pdfjs-dist/legacy/build/pdf.mjs'))
warnings.length = 0 // of its own start

for (const file of process.argv.slice(2)) {
  const loading = pdfjs.getDocument({
    data: new Uint8Array(await readFile(file)), CanvasFactory, disableFontFace: true, useSystemFonts: false, verbosity: 1
  })
  const document = await loading.promise
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const viewport = page.getViewport({ scale: 1.25 })
    const { canvas, context } = new CanvasFactory().create(viewport.width, viewport.height)
    await page.render({ canvasContext: context, viewport }).promise
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data
    log(file, number, createHash('sha256').update(pixels).digest('hex'))
    page.cleanup()
  }
  await loading.destroy()
}
for (const text of warnings) log(text)
process.exitCode = warnings.length > 0 ? 1 : 0
