# kabar-web under test beside a kabard, and a browser that is no browser: cookies, forms, raw sockets.
package Web;
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use HTTP::Tiny;
use IO::Socket::INET;
use JSON::PP;
use Kabar;
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(time);

our %PASSWORD;

# kabard with the places and people of the corpus, an operator bound to it, and kabar-web.
sub new {
	my ($class, %arg) = @_;
	my $kabar = Kabar->new(%{$arg{kabar} || {}});
	$kabar->configure(gateway => {control => "$kabar->{dir}/c.sock"},
		web => {listen => '127.0.0.1:0', assets => "$Kabar::TOP/web/assets", %{$arg{web} || {}}});
	$arg{people} ? $kabar->import_context(%{$arg{people}}) : $kabar->import_context;
	my $me = bless {kabar => $kabar}, $class;
	$me->user('dinkes', 'dinkes', '35.03');
	$me->user('bidan', 'bidan', '35.03.01.2004');
	$me->user('desa', 'desa', '35.03.01.2004');
	$arg{before}->($me) if $arg{before};
	if (!$arg{alone}) {
		$kabar->start;
		$me->{operator} = $kabar->bound or die 'kabard does not bind: ' . $kabar->log;
	}
	$me->start;
	return $me;
}

sub user {
	my ($me, $name, $role, $area) = @_;
	my $conf = "$me->{kabar}{dir}/kabar.conf";
	$PASSWORD{$name} = "rahasia-$name-123";
	open my $in, '|-', "$Kabar::BUILD/kabarctl -c $conf user add $name --role $role --area $area >/dev/null" or die;
	print $in "$PASSWORD{$name}\n";
	close $in or die "user add $name: $?";
}

sub start {
	my $me = shift;
	my $dir = $me->{kabar}{dir};
	unlink "$dir/web.port";
	system("mkfifo $dir/web.port") == 0 or die 'mkfifo';
	my $pid = fork() // die "fork: $!";
	if (!$pid) {
		open STDIN, '<', '/dev/null';
		open STDERR, '>>', "$dir/web.log";
		open STDOUT, '>&', \*STDERR;
		exec "$Kabar::BUILD/kabar-web", '-c', "$dir/kabar.conf", '-p', "$dir/web.port" or POSIX::_exit(127);
	}
	$me->{pid} = $pid;
	open my $port, '<', "$dir/web.port" or die;
	$me->{port} = <$port>;
	die 'kabar-web did not start: ' . $me->log if !$me->{port};
	chomp $me->{port};
	$me->{url} = "http://127.0.0.1:$me->{port}";
}

sub log { $_[0]{kabar}->read_file("$_[0]{kabar}{dir}/web.log") }

sub stop {
	my $me = shift;
	kill TERM => $me->{pid};
	waitpid $me->{pid}, 0;
	delete $me->{pid};
	return $?;
}

# Both programs, in good order: the exit status of kabar-web; no table that it has shown had a row of another length.
sub finish {
	my $me = shift;
	my $status = $me->stop;
	die $1 if $me->log =~ /^(.* cells below .*)/m;
	$me->{kabar}->stop if $me->{kabar}{pid};
	return $status;
}

sub DESTROY {
	my $me = shift;
	local $?;
	if ($me->{pid}) { kill KILL => $me->{pid}; waitpid $me->{pid}, 0; }
}

# The operator must be served while kabard works.
sub serve { $_[0]{kabar}->serve(sub { 0 }, $_[1] || 0.3) }

# An SMS comes in and is acknowledged; the texts that its sender got for it.
sub sms {
	my ($me, $from, $text) = @_;
	my $kabar = $me->{kabar};
	my $mine = sub { grep { $_->{to} eq $from } $kabar->submits };
	my $before = () = $mine->();
	my $status = $me->{operator}->answer($me->{operator}->deliver($from, $text));
	die 'not acknowledged: ' . ($status // 'no answer') if $status // 1;
	# Whether there is an answer the store knows since the acknowledgement, however long it takes to go out.
	$kabar->comes(sub { $kabar->sql("SELECT count(*) FROM outbox WHERE kind = 'reply' AND state IN ('waiting', 'claimed')") == 0 })
		or die 'an answer does not go out: ' . $kabar->log;
	my @all = $mine->();
	return map { $_->{text} } @all[$before .. $#all];
}

sub browser { Web::Browser->new(@_) }

# Octets on a socket; what came back, at most so many seconds.
sub raw {
	my ($me, $octets, $seconds) = @_;
	my $socket = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$me->{port}") or return '';
	print $socket $octets;
	my ($text, $until) = ('', time + ($seconds || $Kabar::PATIENCE));
	while (time < $until && IO::Select->new($socket)->can_read($until - time)) {
		sysread($socket, $text, 65536, length $text) or last;
	}
	return $text;
}

package Web::Browser;
use strict;
use warnings;

sub new {
	my ($class, $web, $account) = @_;
	my $me = bless {web => $web, cookies => {}, http => HTTP::Tiny->new(max_redirect => 0, timeout => $Kabar::PATIENCE)}, $class;
	if ($account) {
		my $response = $me->login($account, $Web::PASSWORD{$account});
		die "login of $account: $response->{status}" if $response->{status} != 303;
	}
	return $me;
}

sub ask {
	my ($me, $method, $path, $form, %headers) = @_;
	my $cookies = join '; ', map { "$_=$me->{cookies}{$_}" } sort keys %{$me->{cookies}};
	my %options = (headers => {($cookies ? (Cookie => $cookies) : ()), %headers});
	if ($form) {
		$options{content} = ref $form ? $me->{http}->www_form_urlencode($form) : $form;
		$options{headers}{'Content-Type'} ||= 'application/x-www-form-urlencoded';
	}
	my $response = $me->{http}->request($method, $me->{web}{url} . $path, \%options);
	my $set = $response->{headers}{'set-cookie'} // [];
	for (ref $set ? @$set : ($set)) {
		my ($name, $value) = /^([^=]+)=([^;]*)/ or next;
		if (/Max-Age=0/) { delete $me->{cookies}{$name} } else { $me->{cookies}{$name} = $value }
	}
	return $response;
}

sub get { my ($me, $path, %headers) = @_; return $me->ask('GET', $path, undef, %headers) }
sub page { my $response = get(@_); return $response->{status} == 200 ? $response->{content} : "status $response->{status}" }
sub json { return JSON::PP->new->utf8->decode(page(@_)) }

sub token { my ($token) = page($_[0], $_[1] || '/pws') =~ /name="csrf" value="([0-9a-f]{32})"/; return $token }
sub post { my ($me, $path, $form, %headers) = @_; return $me->ask('POST', $path, {csrf => $me->token, %$form}, %headers) }

sub login {
	my ($me, $account, $password) = @_;
	return $me->ask('POST', '/masuk',
		{csrf => $me->token('/masuk') // '', nama => $account, sandi => $password, ke => '/'});
}

1;
