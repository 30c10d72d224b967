"""The examiner's own words: how kader and bidan write, per meaning. Deliberately not taken from the
lexicons that the reader uses, so that a word missing there shows."""

NAMES = """SITI SUPARMI RINA DARMI KASMI TUMINAH WARNI SUMIATI LASTRI SARMI DEWI ENDANG NENG YULI PUTRI
SEPTIANI JUNIATI FATIMAH MUNIROH TATIK LILIK YUNI KARTINI RUKMINI PARTINI SULASTRI WAGINEM PONIYEM MARYAM
NURJANAH KHOTIJAH ROHANAH AISYAH SUMARNI NGATINI SUTIYEM TRI NUR ENOK CICIH EUIS IMAS LILIS MIMIN TETI
ROSIDAH HALIMAH JUMIATI LESTARI WIDYA INDAH RATNA MEGAWATI YANTI WIWIK ERNAWATI KUSTINAH MISRINAH""".split()
SECOND = """AMINAH RAHAYU WAHYUNI LESTARI KUSUMA NINGSIH HANDAYANI PUSPITASARI FITRIANI AGUSTIN KOMALASARI
ASTUTI WULANDARI SAFITRI HIDAYATI MULYANI""".split()
CHILDREN = "ALDI NAUFAL RAFA ZAHRA KEISYA DIMAS AZKA FAHRI NAYLA BAGAS".split()
MEN = "JOKO KARDI SUTRISNO PARNO WAGIMAN".split()
TITLES = ["BU ", "IBU ", "NY ", "NY. ", "MBAK ", "TEH ", "bu ", "ibu ", "ny ", "mbak "]

SEX = {"L": {"code": ["L", "l"], "id": ["LK", "laki", "laki2", "laki-laki", "cowok"], "jv": ["lanang"], "su": ["lalaki"]},
       "P": {"code": ["P", "p"], "id": ["PR", "perempuan", "cewek"], "jv": ["wedok"], "su": ["awewe"]}}
PLACE = {"RUMAH": ["RUMAH", "rumah", "di rumah", "rmh", "dirumah"], "POLINDES": ["POLINDES", "polindes", "poskesdes"],
         "PUSTU": ["PUSTU", "pustu"], "PKM": ["PKM", "pkm", "puskesmas", "di pkm", "puskesmas panggul"],
         "KLINIK": ["KLINIK", "klinik", "BPM", "rumah bersalin", "TPMB"],
         "RS": ["RS", "RSUD", "rsud", "rumah sakit", "RSIA", "RSUD dr. Soedomo"], "JALAN": ["JALAN", "di jalan"]}
PLACE_IN = {"jv": {"RUMAH": ["omah", "omahe"]}, "su": {"RUMAH": ["imah"]}}
HELPER = {"BIDAN": ["BIDAN", "bidan", "bdn"], "DOKTER": ["DOKTER", "dokter", "dr. Budi"], "PERAWAT": ["PERAWAT", "perawat"],
          "DUKUN": ["DUKUN", "dukun", "mbah dukun", "dukun bayi"]}
HELPER_IN = {"su": {"DUKUN": ["paraji"]}, "jv": {"DUKUN": ["mbah dukun"]}}
ALIVE = {"id": ["HIDUP", "hidup", "selamat"], "jv": ["slamet", "urip"], "su": ["hirup", "salamet"]}
DEAD = ["MATI", "LAHIR MATI"]

MONTHS = [["JAN", "januari"], ["FEB", "februari"], ["MAR", "maret"], ["APR", "april"], ["MEI", "mei"], ["JUN", "juni"],
          ["JUL", "juli"], ["AGST", "agustus", "agt", "ags"], ["SEP", "september", "sept"], ["OKT", "oktober"],
          ["NOV", "november"], ["DES", "desember"]]
DAYS = ["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]
TODAY = ["hari ini", "hr ini", "tadi pagi", "td pagi", "tadi subuh"]
YESTERDAY = {"id": ["kemarin", "kmrn", "kemaren", "semalam", "tadi malam"], "jv": ["wingi", "mau bengi"],
             "su": ["kamari", "tadi peuting"]}
BEFORE = ["kemarin lusa", "kmrn lusa"]

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
JAVA = {1: "siji", 2: "loro", 3: "telu", 4: "papat", 5: "lima", 6: "enem", 7: "pitu", 8: "wolu", 9: "sanga", 10: "sepuluh",
        11: "sewelas", 12: "rolas", 15: "limolas", 20: "rong puluh", 21: "selikur", 22: "rolikur", 23: "telulikur",
        24: "patlikur", 25: "selawe", 30: "telung puluh", 40: "patang puluh", 50: "seket", 60: "sewidak"}

KEYWORD = {"lahir": ["LAHIR", "LHR", "KELAHIRAN"], "mati": ["MATI"], "pos": ["POS", "POSYANDU"], "ilp": ["ILP"]}
KEYWORD_IN = {"jv": {"lahir": "LAIR"}}
SLIPPED = {"lahir": ["LAHR", "LAHIIR", "LAIHR", "KELAHIRN", "KELHIRAN", "LAHHIR", "LAGIR"],
           "mati": ["MATII", "MATTI"], "pos": ["POSYANDUU", "POSYADU", "POSYNDU", "POSIANDU"]}

KEYS = {"ibu": ["ibu"], "umur": ["umur"], "tgl": ["tgl"], "jk": ["jk"], "berat": ["bb", "berat"], "panjang": ["pb", "panjang"],
        "tempat": ["tempat"], "penolong": ["penolong"], "luaran": ["luaran"], "uk": ["uk"], "nik": ["nik"], "jam": ["jam"],
        "nama": ["nama"], "jenis": ["jenis"], "masa": ["masa"], "sebab": ["sebab"]}
CAUSE = {"IBU": {"PERDARAHAN": ["PERDARAHAN", "pendarahan"], "EKLAMPSIA": ["EKLAMPSIA", "eklamsi"], "INFEKSI": ["INFEKSI"],
                 "SEPSIS": ["sepsis"], "KECELAKAAN": ["KECELAKAAN", "kecelakaan"]},
         "BAYI": {"ASFIKSIA": ["ASFIKSIA", "asfiksia"], "BBLR": ["BBLR"], "SEPSIS": ["SEPSIS"], "PNEUMONIA": ["pneumonia"],
                  "DIARE": ["diare", "DIARE"]},
         "BALITA": {"DIARE": ["DIARE"], "PNEUMONIA": ["PNEUMONIA", "pneumonia"], "KECELAKAAN": ["kecelakaan"]}}
GROUPS = {"bumil": ["BUMIL", "bumil"], "busui": ["BUSUI", "busui", "BUFAS"], "bayi": ["BAYI", "bayi"], "balita": ["BALITA", "balita"],
          "apras": ["APRAS", "apras"], "remaja": ["REMAJA", "remaja"], "dewasa": ["DEWASA", "dewasa"], "lansia": ["LANSIA", "lansia"]}
HELLO = ["Ass bu, ", "Selamat pagi bu, ", "Mohon ijin lapor bu, ", "assalamualaikum bu bidan. "]
THANKS = [" trims", ". mksh bu", " 🙏", "\nterima kasih", " 👶🙏"]


def number_words(n):
    """Indonesian: 0 to 999."""
    if n < 12:
        return ONES[n]
    if n < 20:
        return ONES[n - 10] + " belas"
    if n < 100:
        tens = ONES[n // 10] + " puluh"
        return tens + (" " + ONES[n % 10] if n % 10 else "")
    hundreds = "seratus" if n < 200 else ONES[n // 100] + " ratus"
    return hundreds + (" " + number_words(n % 100) if n % 100 else "")
