/* The client's end of the control socket: see ctl_control.h. */
#include "tools/common/ctl_control.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/config/config_main.h"

/* Where kabard listens, from kabar.conf; errors elsewhere in the file do not matter here. */
static bool find_socket(const struct ctl *ctl, const char *name, struct sockaddr_un *address)
{
	struct config_errors *errors = config_errors_new();
	struct arena *arena = arena_new();
	struct config_main main_file;
	bool found = false;
	int rc = config_main_load(&main_file, ctl->config_path, arena, errors);

	if (rc != OK && !main_file.control)
		config_errors_print(errors, stderr);
	else if (!*main_file.control)
		fprintf(stderr, "kabarctl %s: [gateway] control is empty: kabard cannot be asked\n",
			name);
	else
		found = copy_string(
			address->sun_path, sizeof(address->sun_path), main_file.control);
	arena_free(arena);
	config_errors_free(errors);
	return found;
}

int ctl_control_ask(const char *socket_path, const char *command,
	void (*take)(const char *data, size_t length, void *context), void *context)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char data[4096];
	ssize_t got = 0;
	int fd, cause = 0;

	if (!copy_string(address.sun_path, sizeof(address.sun_path), socket_path))
		return ENAMETOOLONG;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return errno;
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0 ||
		send(fd, command, strlen(command), MSG_NOSIGNAL) < 0)
		cause = errno;
	while (!cause && (got = read(fd, data, sizeof(data))) > 0)
		take(data, (size_t)got, context);
	if (got < 0)
		cause = errno;
	close(fd);
	return cause;
}

int ctl_control(const struct ctl *ctl, const char *name, const char *command,
	void (*take)(const char *data, size_t length, void *context), void *context)
{
	struct sockaddr_un address;
	int cause;

	if (!find_socket(ctl, name, &address))
		return 1;
	cause = ctl_control_ask(address.sun_path, command, take, context);
	if (cause == EACCES)
		fprintf(stderr,
			"kabarctl %s: permission denied: %s is the gateway's: sudo -u kabar "
			"kabarctl …\n",
			name, address.sun_path);
	else if (cause)
		fprintf(stderr, "kabarctl %s: kabard does not answer at %s: %s\n", name,
			address.sun_path, strerror(cause));
	return cause != 0;
}
