// How often MuPDF's own search finds texts in a file, and how many of them so often: mutool run search.js FILE TEXT…
var file = new Document(scriptArgs[0])
var counts = {}
for (var i = 1; i < scriptArgs.length; i++) {
  var count = 0
  for (var page = 0; page < file.countPages(); page++) count += file.loadPage(page).toStructuredText().search(scriptArgs[i]).length
  counts[count] = (counts[count] || 0) + 1
}
for (var often in counts) print(often + ' times ' + counts[often])
