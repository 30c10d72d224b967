/* Certificates in files: see certificate.h. */
#include "gateway/os/certificate.h"

#include <errno.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static int64_t end_of(const X509 *certificate)
{
	struct tm end;

	return ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) ? (int64_t)timegm(&end) : 0;
}

const char *certificate_wrong(const char *path, int64_t *end)
{
	FILE *in = fopen(path, "re");
	int64_t first = INT64_MAX;
	struct stat st;
	X509 *one;

	if (!in)
		return strerror(errno);
	while (fstat(fileno(in), &st) == 0 && S_ISREG(st.st_mode) &&
		(one = PEM_read_X509(in, NULL, NULL, NULL))) {
		int64_t this_end = end_of(one);

		first = this_end < first ? this_end : first;
		X509_free(one);
	}
	fclose(in);
	if (first == INT64_MAX)
		return "there is no certificate (PEM) in it";
	if (end)
		*end = first;
	return NULL;
}
