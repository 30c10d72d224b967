# A phrase of questions that is written with a short word stands in its list with the long one too: questions are read with
# that. Input: conf/lexicon/short.ini, then the lists of questions. Exit 1 when one is missing.
function trim(text) {
	gsub(/^[ \t]+|[ \t]+$/, "", text)
	return text
}

function phrases(text, key,    list, n, i) {
	n = split(text, list, ",")
	for (i = 1; i <= n; i++)
		if ((list[i] = trim(list[i])) != "") {
			if (section == "singkatan")
				long[list[i]] = key
			else if (section != "bagian_tahun") # "q 2": in front of a number
				meaning[section "\t" list[i]] = key
		}
}

/^;/ { next }
/^\[/ { section = substr($0, 2, index($0, "]") - 2); next }
/^[ \t]/ { phrases($0, key); next }
/=/ { key = trim(substr($0, 1, index($0, "=") - 1)); phrases(substr($0, index($0, "=") + 1), key) }

END {
	for (one in meaning) {
		split(one, part, "\t")
		n = split(part[2], words, " ")
		full = ""
		for (i = 1; i <= n; i++)
			full = full (i > 1 ? " " : "") (words[i] in long ? long[words[i]] : words[i])
		if (meaning[part[1] "\t" full] != meaning[one]) {
			printf "[%s] %s: \"%s\" stands there, \"%s\" does not\n", part[1], meaning[one], part[2], full
			broken = 1
		}
	}
	exit broken
}
