"""The little kabupaten of the random months: places, people, names that no reader takes for one another."""
import os


class Person:
    def __init__(self, phone, name, role, areas, posyandu=""):
        self.phone, self.name, self.role, self.areas, self.posyandu = phone, name, role, areas, posyandu


DESA = {"35.03.01.2004": "WONOCOYO", "35.03.01.2011": "NGLEBENG", "35.03.01.2002": "TERBIS",
        "35.03.02.2002": "SOBO", "35.03.02.2006": "TAWING"}
POSYANDU = {"35.03.01.2004.001": "MELATI", "35.03.01.2004.002": "MAWAR", "35.03.01.2011.001": "KENANGA",
            "35.03.01.2002.001": "TERATAI", "35.03.02.2002.001": "FLAMBOYAN", "35.03.02.2006.001": "CEMPAKA"}
AREAS = list(DESA) + ["35.03.01", "35.03.02", "35.03", "35", "PKM-SATU"]
NAMES = """SUMIATI KARTINI LASTRI WAHYUNI PURWATI HARTATIK MARYATI TUMIYEM PARTIYAH JUMINAH KASIYEM WAGINAH SARINEM
PONIRAH SUTARMI MISIRAH KATEMI RUKMINI YULIANTI ANGGRAINI FITRIANA HANDAYANI INDRAWATI KUSUMAWATI MULYANI NOVITASARI
OKTAVIANI PUSPITASARI RAHAYU SETYOWATI TRISNAWATI UTAMI VERAWATI WIDYASTUTI YUNIARTI ZULAIKHA AMINATUN BADRIYAH CHOLIFAH
DARSINI ERNAWATI FATIMAH GINARSIH HALIMATUS ISTIQOMAH JARIYAH LESTARI MARFUAH NGATINAH PAINEM QOMARIYAH ROKHIMAH SAUDAH
NURHASANAH UMAYAH""".split()


class World:
    def __init__(self):
        self.puskesmas = {"PKM-SATU": ["35.03.01.2004", "35.03.01.2002"]}
        self.people, self.closed = {}, set()
        for i, (posyandu, name) in enumerate(POSYANDU.items()):
            self.add(Person("+62812000001%02d" % i, "KADER " + name, "kader", [posyandu[:13]], posyandu))
        for i, desa in enumerate(DESA):
            self.add(Person("+62812000002%02d" % i, "BIDAN " + DESA[desa], "bidan", [desa]))
        self.add(Person("+6281200000301", "BIDAN DUA DESA", "bidan", ["35.03.01.2004", "35.03.01.2011"]))
        self.add(Person("+6281200000401", "PETUGAS PANGGUL", "puskesmas", ["35.03.01"]))
        self.add(Person("+6281200000402", "PETUGAS MUNJUNGAN", "puskesmas", ["35.03.02"]))
        self.add(Person("+6281200000501", "PETUGAS TRENGGALEK", "dinkes", ["35.03"]))

    def add(self, person):
        self.people[person.phone] = person

    def of(self, desa, *roles):
        return [p for p in self.people.values() if p.role in roles and desa in p.areas]

    def decider(self, desa):
        return [p for p in self.people.values() if p.role == "puskesmas" and desa.startswith(p.areas[0])][0]

    def posyandu_rows(self):
        return "id,name,area\n" + "".join("%s,%s,%s\n" % (p, n, p[:13]) for p, n in POSYANDU.items() if p not in self.closed)

    def write(self, directory):
        with open(os.path.join(directory, "people.csv"), "w") as out:
            out.write("phone,name,role,area,posyandu,language\n")
            for p in self.people.values():
                out.write("%s,%s,%s,%s,%s,id\n" % (p.phone, p.name, p.role, ";".join(p.areas), p.posyandu))
        with open(os.path.join(directory, "puskesmas.csv"), "w") as out:
            out.write("id,name,areas\nPKM-SATU,SATU,%s\n" % ";".join(self.puskesmas["PKM-SATU"]))
        with open(os.path.join(directory, "posyandu.csv"), "w") as out:
            out.write(self.posyandu_rows())
