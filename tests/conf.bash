# Shared by benches and tests of a configuration of their own: where forms, menus, texts, words and dialects are.
# conf_paths: those of the source tree, as lines of the section [gateway]; $forms, $lexicon instead of the tree's own.
conf_paths() {
	local kind

	echo "forms = ${forms:-${top_srcdir:?}/conf/forms}"
	echo "lexicon = ${lexicon:-$top_srcdir/conf/lexicon}"
	for kind in menus messages dialects; do
		echo "$kind = $top_srcdir/conf/$kind"
	done
}
