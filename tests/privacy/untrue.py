"""No copy denies what the school's own copy of the same paper doesn't deny.

A reader who doesn't get a column finds it NULL, and one who doesn't get rows counts none. Whatever a paper then says of it (无, 缺, 未…, 没有…, 不…, 0)
isn't known to be so: the words of each document are counted, in the copy and in the school's. 不公开 and — are no denials."""
import collections
import re
import sys

DENIES = re.compile('无|缺|未|没|不|^0')


def words_of(path):
    """Of each document of a dump, under the name that it has for the school, how often each text is printed."""
    documents, words = {}, None
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            if line.startswith('document '):
                name = re.sub(r'^([a-z0-9-]+?)-(?:school|inspector|family|public)/', r'\1/', line[9:].strip())
                words = documents.setdefault(name, collections.Counter())
                continue
            found = re.match(r'\s*glyphs .*? "(.*)" w=', line)
            if found:
                words[re.sub('[ |¦]', '', found.group(1)).replace('不公开', '')] += 1
    return documents


def main():
    school, copy = words_of(sys.argv[1]), words_of(sys.argv[2])
    compared, bad = set(), 0
    for name, words in copy.items():
        if name not in school:
            continue
        compared.add(name.split('/')[0])
        for word, count in words.items():
            # A school's copy may say 不公开 of what a family's says 缺.
            if DENIES.search(word) and count > school[name][word] + (school[name][''] if word == '缺' else 0):
                print(f'{name}: “{word}” {count} times, {school[name][word]} in the copy for the school')
                bad += 1
    print(len(compared))
    return 1 if bad else 0


sys.exit(main())
