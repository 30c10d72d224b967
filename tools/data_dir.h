/* Where forms, texts and word lists are when no kabar.conf says so: installed, or beside the program in its tree. */
#ifndef TOOLS_DATA_DIR_H
#define TOOLS_DATA_DIR_H

/* The directory that holds forms/, messages/, lexicon/: $KABAR_DATA, the installed one, conf/ of the source tree.
 * The caller frees it; never NULL. */
char *data_dir(void);
/* Writes DIRECTORY/kabar.conf that names it and nothing else of interest; its path, which the caller frees. */
char *data_dir_config(const char *directory);

#endif
