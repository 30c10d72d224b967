# SIGHUP takes a good configuration and refuses a bad one whole; SIGTERM unbinds and ends with status 0; a program
# that cannot start says why.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Test::More;

my $kabar = Kabar->new;
$kabar->configure;
$kabar->import_context;
$kabar->start;
my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);

# The log of a reload is its only outside sign: serve until it is there.
sub logged {
	my ($pattern) = @_;
	return $kabar->serve(sub {
		return 1 if $kabar->log =~ $pattern;
		IO::Select->new->can_read(0);
		$peer->answer($peer->deliver('+6281200000001', 'LAHIR ?'));    # an event to wait for
		return $kabar->log =~ $pattern;
	});
}

$kabar->write_file("$kabar->{dir}/kabar.conf", "[gateway]\nnmae = x\n");
kill HUP => $kabar->{pid};
ok(logged(qr/nmae/), 'a bad configuration is named in the log');
is($peer->answer($peer->deliver('+6281200000001', 'LAHIR ?')), 0, 'and the old one goes on');
$kabar->configure(limits => {repeat_times => 50});
kill HUP => $kabar->{pid};
ok(logged(qr/reload|configuration/i), 'a good configuration is taken');
is($peer->answer($peer->deliver('+6281200000001', 'LAHIR ?')), 0, 'and it goes on');
is($kabar->stop, 0, 'SIGTERM: exit status 0 within 10 s') or diag($kabar->log);
is($kabar->{unbinds}, 1, 'it said goodbye with unbind');

# While it starts, that is while it reads its configuration.
my $conf = "$kabar->{dir}/kabar.conf";
my $text = $kabar->read_file($conf);
unlink $conf;
POSIX::mkfifo($conf, 0600) or die "mkfifo: $!";
$kabar->start;
open my $pipe, '>', $conf or die "$conf: $!";    # it has come so far
kill HUP => $kabar->{pid};
unlink $conf;
$kabar->write_file($conf, $text);
print $pipe $text;
close $pipe;
$peer = $kabar->bound or BAIL_OUT('SIGHUP ended it while it started: ' . $kabar->log);
ok(logged(qr/configuration reloaded.*configuration reloaded/s), 'SIGHUP while it starts: it reloads when it has');
is($kabar->stop, 0, 'SIGTERM: exit status 0 within 10 s') or diag($kabar->log);

$kabar->write_file("$kabar->{dir}/kabar.conf", "[gateway]\nnmae = x\n");
$kabar->start;
my $status = $kabar->wait_exit;
ok(defined $status && $status != 0, 'a bad configuration at the start: it ends at once, not with 0');
like($kabar->log, qr/kabar\.conf:2:.*nmae/, 'and says file, line and key');
done_testing();
