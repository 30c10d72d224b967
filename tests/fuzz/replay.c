/* The main() of a fuzz target when it only replays: every file of the given directories, once. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/text/util.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length);

static bool replay_file(const char *path)
{
	static uint8_t octets[1 << 20];
	FILE *file = fopen(path, "rb");
	uint8_t *exact;
	size_t length;

	if (file == NULL)
		return false;
	length = fread(octets, 1, sizeof(octets), file);
	fclose(file);
	/* of exactly that size, so that a sanitizer sees a read beyond it */
	exact = xcalloc(1, length + (length == 0));
	for (size_t i = 0; i < length; i++)
		exact[i] = octets[i];
	LLVMFuzzerTestOneInput(exact, length);
	free(exact);
	return true;
}

int main(int argc, char **argv)
{
	int count = 0;

	for (int i = 1; i < argc; i++) {
		DIR *directory = opendir(argv[i]);
		struct dirent *entry;

		while (directory != NULL && (entry = readdir(directory)) != NULL) {
			char *path = xasprintf("%s/%s", argv[i], entry->d_name);

			if (entry->d_name[0] != '.')
				count += replay_file(path);
			free(path);
		}
		if (directory != NULL)
			closedir(directory);
	}
	printf("%d inputs\n", count);
	return count > 0 ? 0 : 1;
}
