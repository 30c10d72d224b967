/* Links over TLS: binds when the certificate is the SMSC's, never speaks when it is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#define ERR_STATE OPENSSL_ERR_STATE /* a type of theirs, an error of ours */
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#undef ERR_STATE

#include "gateway/os/timer.h"
#include "tests/gateway/link/link_fixture.h"
#include "tests/gateway/link/smpp_hex.h"

static EVP_PKEY *key;
static X509 *certificate;
static char ca_file[] = "/tmp/kabar-tls-XXXXXX";

static void add_extension(int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	assert_non_null(extension);
	assert_int_equal(X509_add_ext(certificate, extension, -1), 1);
	X509_EXTENSION_free(extension);
}

static void make_certificate(const char *alternative_name)
{
	key = EVP_EC_gen("P-256");
	certificate = X509_new();
	X509_set_version(certificate, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
	X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
	X509_set_pubkey(certificate, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
		(const unsigned char *)"smsc", -1, -1, 0);
	X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
	add_extension(NID_basic_constraints, "critical,CA:TRUE");
	add_extension(NID_subject_alt_name, alternative_name);
	assert_true(X509_sign(certificate, key, EVP_sha256()) > 0);
}

static void setup_tls(struct fixture *f, const char *alternative_name)
{
	FILE *file;
	int fd;

	make_certificate(alternative_name);
	snprintf(ca_file, sizeof(ca_file), "/tmp/kabar-tls-XXXXXX");
	fd = mkstemp(ca_file);
	assert_true(fd >= 0);
	file = fdopen(fd, "w");
	PEM_write_X509(file, certificate);
	fclose(file);
	f->config.tls = true;
	f->config.tls_verify = true;
	f->config.tls_ca = ca_file;
	fixture_remake(f);
	link_start(f->link);
	assert_true(peer_accept(&f->peer));
}

static void teardown_tls(SSL *ssl)
{
	SSL_CTX *context = SSL_get_SSL_CTX(ssl);

	SSL_free(ssl);
	SSL_CTX_free(context);
	X509_free(certificate);
	EVP_PKEY_free(key);
	unlink(ca_file);
}

/* The SMSC's side of the handshake; true: it succeeded. */
static bool handshake(struct fixture *f, SSL **ssl)
{
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());

	assert_int_equal(SSL_CTX_use_certificate(context, certificate), 1);
	assert_int_equal(SSL_CTX_use_PrivateKey(context, key), 1);
	*ssl = SSL_new(context);
	SSL_set_fd(*ssl, f->peer.fd);
	for (int i = 0; i < 50; i++) {
		if (SSL_accept(*ssl) == 1)
			return true;
		peer_pump(&f->peer);
	}
	return false;
}

static void test_binds_over_tls(void **state)
{
	struct fixture *f = *state;
	uint8_t octets[256];
	size_t length;
	SSL *ssl;
	int got;

	setup_tls(f, "IP:127.0.0.1");
	assert_true(handshake(f, &ssl));
	peer_pump(&f->peer);
	got = SSL_read(ssl, octets, sizeof(octets));
	assert_true(got > (int)FRAME_HEADER);
	assert_memory_equal(octets + 4, "\0\0\0\x09", 4);
	length = hex_pdu(octets, "80000009", "00000000", "00000001", "534d534300");
	assert_int_equal(SSL_write(ssl, octets, (int)length), (int)length);
	peer_pump(&f->peer);
	assert_int_equal(link_state(f->link), LINK_BOUND);
	teardown_tls(ssl);
}

static void test_wrong_certificate(void **state)
{
	struct fixture *f = *state;
	uint8_t octets[256];
	SSL *ssl;

	setup_tls(f, "IP:127.0.0.2");
	handshake(f, &ssl);
	peer_pump(&f->peer);
	assert_int_equal(link_state(f->link), LINK_WAITING);
	assert_true(SSL_read(ssl, octets, sizeof(octets)) <= 0); /* no password for strangers */
	teardown_tls(ssl);
}

static void test_tls_that_cannot_be_set_up(void **state)
{
	struct fixture *f = *state;

	f->config.tls = f->config.tls_verify = true;
	f->config.tls_ca = "/nonexistent/ca.pem";
	fixture_remake(f);
	link_start(f->link);
	if (peer_accept(&f->peer))
		assert_false(peer_next(&f->peer)); /* nothing in clear text */
	assert_true(link_state(f->link) != LINK_BOUND);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_binds_over_tls),
		TEST(test_wrong_certificate),
		TEST(test_tls_that_cannot_be_set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
