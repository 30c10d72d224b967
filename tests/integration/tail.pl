# kabarctl tail shows what happens to each message and tells no number, name or text.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Raw;
use Test::More;

my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
$kabar->configure(gateway => {control => "$kabar->{dir}/c.sock"});
$kabar->import_context;
$kabar->start;
my $smsc = Raw->accept_bound($kabar) or BAIL_OUT('kabard does not bind: ' . $kabar->log);
my $pid = open(my $tail, '-|', "$Kabar::BUILD/kabarctl", '-c', "$kabar->{dir}/kabar.conf", 'tail') or die "kabarctl: $!";
my ($shown, $n) = ('', 0);
# kabarctl may not be there yet for the first messages: one after the other until it shows one.
my $seen = $smsc->until(sub {
	$smsc->deliver('+6281200000003', sprintf 'LAHIR#SITI %s#25#12/8/24#L#3200#49#PKM#BIDAN#HIDUP', 'A' x ++$n) if $shown !~ / in /;
	sysread $tail, $shown, 65536, length $shown
		if IO::Select->new($tail)->can_read(0.2);
	# the answer to a message from before has no reference: nobody listened then
	return $shown =~ / in / && $shown =~ / out .*ref=L.*state=sent/;
});
ok($seen, 'a message that comes in, and its answer');
like($shown, qr/^\d\d:\d\d:\d\d uji: in inbound=\d+ from=628120\*+003 octets=\d+ outcome=report ref=L2408-\d{4} answer=ok/m, 'in');
like($shown, qr/^\d\d:\d\d:\d\d uji: out id=\d+ to=\+62812\*+003 kind=reply ref=L2408-\d{4} state=sent message_id=\w+/m, 'out');
unlike($shown, qr/SITI|81200000003/, 'no name, no number');
unlike($kabar->log, qr/ in inbound=/, 'the log itself stays quiet');
kill TERM => $pid;
close $tail;
kill TERM => $kabar->{pid};
ok($smsc->part, 'unbind at the end');
is($kabar->wait_exit(10), 0, 'SIGTERM: exit status 0') or diag($kabar->log);
done_testing();
