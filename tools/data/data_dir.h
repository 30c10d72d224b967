/* Where forms, texts and word lists are when no kabar.conf says so: installed, or beside the
 * program in its tree. */
#ifndef TOOLS_DATA_DIR_H
#define TOOLS_DATA_DIR_H

/* The directory that holds forms/, messages/, lexicon/: $KABAR_DATA, the installed one, conf/ of
 * the tree in which the file `near` (may be NULL) or the program is. The caller frees it; never
 * NULL. */
char *data_dir(const char *near);
/* Writes DIRECTORY/kabar.conf: `conf` (NULL: nothing) with that directory and an SMSC where it
 * names none. Its path, which the caller frees; NULL when conf cannot be read. */
char *data_dir_config(const char *directory, const char *conf, const char *near);
/* A file as text, which the caller frees; NULL when it cannot be read. */
char *file_text(const char *path);

#endif
