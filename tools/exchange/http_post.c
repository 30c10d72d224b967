/* One connection to the server of the mapping, kept from request to request. See http_post.h. */
#include "tools/exchange/http_post.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#define ANSWER_MOST (16u << 20) /* octets: more is no summary */

struct http_post {
	const struct mapping *mapping;
	CURL *curl;
	struct curl_slist *headers;
	struct strbuf answer;
	char detail[CURL_ERROR_SIZE];
};

static size_t on_data(char *data, size_t size, size_t count, void *context)
{
	struct http_post *post = context;

	if (post->answer.length + size * count > ANSWER_MOST)
		return 0;
	strbuf_add(&post->answer, data, size * count);
	return size * count;
}

struct http_post *http_post_new(const struct mapping *mapping)
{
	struct http_post *post = xcalloc(1, sizeof(*post));

	post->mapping = mapping;
	post->curl = curl_global_init(CURL_GLOBAL_DEFAULT) == 0 ? curl_easy_init() : NULL;
	if (!post->curl) {
		free(post);
		return NULL;
	}
	post->headers = curl_slist_append(NULL, "Content-Type: application/json");
	post->headers = curl_slist_append(post->headers, "Accept: application/json");
	post->headers = curl_slist_append(post->headers, "Expect:");
	if (*mapping->token) {
		char *header = xasprintf("Authorization: ApiToken %s", mapping->token);

		post->headers = curl_slist_append(post->headers, header);
		free(header);
	}
	return post;
}

void http_post_free(struct http_post *post)
{
	if (!post)
		return;
	curl_slist_free_all(post->headers);
	curl_easy_cleanup(post->curl);
	curl_global_cleanup();
	strbuf_free(&post->answer);
	free(post);
}

static void options_set(struct http_post *post, const char *url, const char *text)
{
	const struct mapping *mapping = post->mapping;
	CURL *curl = post->curl;

	curl_easy_reset(curl); /* the connection stays */
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, post->headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)mapping->timeout);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, post);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, post->detail);
	if (*mapping->user) {
		curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		curl_easy_setopt(curl, CURLOPT_USERNAME, mapping->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, mapping->password);
	}
}

void http_post_send(struct http_post *post, const char *path, const json_t *body, long *status,
	json_t **answer, const char **detail)
{
	char *url = xasprintf("%s%s", post->mapping->url, path);
	char *text = json_dumps(body, JSON_COMPACT);
	CURLcode code;

	strbuf_clear(&post->answer);
	post->detail[0] = '\0';
	options_set(post, url, text);
	code = curl_easy_perform(post->curl);
	*status = 0;
	if (code == CURLE_OK)
		curl_easy_getinfo(post->curl, CURLINFO_RESPONSE_CODE, status);
	*detail = *post->detail ? post->detail : curl_easy_strerror(code);
	*answer = *status && post->answer.text ? json_loads(post->answer.text, 0, NULL) : NULL;
	free(text);
	free(url);
}
