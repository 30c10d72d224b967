"""cells.py FILE.xlsx FILE.csv: the first sheet and the CSV hold the same texts and numbers, cell by cell."""
import csv
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

SPACE = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'


def sheet(path):
    with zipfile.ZipFile(path) as book:
        strings = [''.join(node.itertext()) for node in tree.fromstring(book.read('xl/sharedStrings.xml'))]
        cells = {}
        for cell in tree.fromstring(book.read('xl/worksheets/sheet1.xml')).iter(SPACE + 'c'):
            letters, row = re.match(r'([A-Z]+)(\d+)', cell.get('r')).groups()
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            value = cell.find(SPACE + 'v')
            if value is not None:
                text = strings[int(value.text)] if cell.get('t') == 's' else value.text
                cells[int(row) - 1, column - 1] = text
    return cells


def same(a, b):
    if a == b:
        return True
    try:
        return abs(float(a) - float(b)) < 0.006
    except ValueError:
        return False


def main():
    excel = sheet(sys.argv[1])
    with open(sys.argv[2], encoding='utf-8-sig', newline='') as file:
        rows = list(csv.reader(file))
    wrong = 0
    count = 0
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            count += 1
            if not same(excel.pop((at, column), ''), text):
                print(f'row {at + 1} column {column + 1}: "{text}" is not in the sheet')
                wrong += 1
    if excel:
        print(f'only in the sheet: {sorted(excel.items())[:5]}')
    print(f'{count} cells', end='')
    return 1 if wrong or any(excel.values()) else 0


sys.exit(main())
