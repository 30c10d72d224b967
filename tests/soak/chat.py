#!/usr/bin/env python3
"""Talk around known reports.   chat.py ROWS.tsv [--seed N]
Every plain row of generate.py once more with something said before it or behind it that tells nothing of the event:
it must read as it does alone. (Behind talk a death is a story by the rule, so deaths get theirs behind only.)"""
import argparse
import random

BEFORE = [
    "Bu, ", "Ass. ", "Assalamualaikum wr wb. ", "Selamat pagi bu. ", "Mohon maaf baru lapor. ", "Maaf telat bu, ",
    "Permisi bu, ", "Lapor: ", "Izin melaporkan, ", "Sy mau lapor, ", "Kader melati lapor: ", "Dari kader melati. ",
    "Ini bu laporannya: ", "Yth bu bidan. ", "Bu nurul, ", "Nuwun sewu bu, ", "Kulo badhe lapor: ", "Punten bu, ",
    "Laporan hari ini. ", "Sms ulang: ", "Yg tadi salah bu, ini yg benar: ", "Fwd: ", "Cek dulu ya bu: ",
    "Mohon dicatat. ", "hp mati tadi bu. ", "Listrik mati bu jd telat. ", "1. ", "No 1. ", "Ds wonocoyo. ", "> ",
]
BEHIND = [
    " ya bu", " trims", " matur nuwun", " nuhun bu", " mohon dicek", " tolong balas", " sdh benar?", " maaf telat",
    " maaf baru lapor skrg", " maaf hp mati", " kmrn lupa", " baru sempat lapor hari ini", " (ulang)", " wassalam",
    " ttd sumini", ". sumini kader melati", " besok sy ke pkm", " nanti sy telp", " nanti siang sy ke pustu",
    " besok ada rapat jam 9", " rapat tgl 20 jam 9 ya bu", " semoga sehat selalu", " :)", "...", "!!", " -",
    " sekian terima kasih", " demikian laporan kami", " ok", " siap", " sy lg di rumah", " bu bidan sdh tau",
    " dukun juga sdh tau", " tidak ada keluhan",
]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("rows")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    choose = random.Random(options.seed)
    for row in open(options.rows, encoding="utf-8"):
        number, sender, text, expect, style = row.rstrip("\n").split("\t")
        form, kind = style.split("/")[:2]
        if form == "several" or kind == "story":
            continue
        if form == "mati" or kind == "stillbirth" or choose.random() < 0.5:
            text += choose.choice(BEHIND)
        else:
            text = choose.choice(BEFORE) + text
        print(number, sender, text, expect, f"{form}/chat", sep="\t")


main()
