# SIGTERM in the middle of a load, to an operator that answers unbind and to one that does not even read:
# exit status 0 within 10 seconds, and each acknowledged message is kept.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Raw;
use Test::More;
use Time::HiRes qw(time);

my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
$kabar->configure(limits => {inbox => 300, outbox => 100}, 'smsc uji' => {window => 20});
$kabar->import_context;
$kabar->import_crowd(1000);
my $next = 0;

# Pushes many messages without looking at the answers.
sub flood {
	my ($smsc, $from, $count) = @_;
	my $pid = fork() // die "fork: $!";
	return $pid if $pid;
	for ($from .. $from + $count - 1) {
		last if !$smsc->deliver(sprintf('+62899000000%04d', $_ % 1000), "LAHIR ? banjir $_", seq => $_ + 1);
	}
	POSIX::_exit(0);
}

for my $operator ('answers', 'does not read') {
	$kabar->start;
	my $smsc = Raw->accept_bound($kabar) or BAIL_OUT('kabard does not bind: ' . $kabar->log);
	my $pid = flood($smsc, $next, 4000);
	my (%ok, $term);
	my $note = sub { $ok{$_->{seq}}++ for grep { $_->{command} == 0x80000005 && $_->{status} == 0 } splice @{$smsc->{others}} };
	ok($smsc->until(sub { $note->(); keys %ok >= 300 }), "$operator: under load");
	kill TERM => $kabar->{pid};
	my $start = time;
	while ($operator ne 'does not read') {
		my $pdu = $smsc->read(seconds => 10) or last;
		push @{$smsc->{others}}, $pdu;
		$smsc->write(0x80000006, 0, $pdu->{seq}) if $pdu->{command} == 6 && $operator eq 'answers';
	}
	is($kabar->wait_exit(11), 0, "$operator: exit status 0") or diag($kabar->log =~ s/.*?(.{0,1500})$/$1/sr);
	cmp_ok(time - $start, '<=', 10, "$operator: within 10 seconds");
	kill KILL => $pid;
	waitpid $pid, 0;
	$smsc->read(seconds => 0.1) until $smsc->{ended};
	$note->();
	my %kept = map { $_ => 1 } $kabar->sql("SELECT substr(text, 16) FROM inbound WHERE text LIKE 'LAHIR ? banjir %'");
	my @lost = grep { !$kept{$_ - 1} } keys %ok;
	is(scalar @lost, 0, "$operator: each of " . keys(%ok) . " acknowledged messages is kept");
	$next += 4000;
}
unlike($kabar->log, qr/Sanitizer|runtime error/, 'no complaint of a sanitizer');
done_testing();
