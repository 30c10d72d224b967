# Memory that is given back: the longest message that can be told in parts, and reloads that are refused again and again.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Test::More;

my $kabar = Kabar->new;
my %conf = (gateway => {control => "$kabar->{dir}/c.sock"}, limits => {batch => 16});
$kabar->configure(%conf);
$kabar->import_context;
$kabar->start;
my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);

# VmRSS now, VmHWM the highest so far; in MB.
sub memory { my ($what) = @_; $kabar->read_file("/proc/$kabar->{pid}/status") =~ /^$what:\s+(\d+) kB/m ? $1 / 1024 : -1 }

sub still_works {
	my ($name) = @_;
	my $before = () = $kabar->submits;
	is($peer->answer($peer->deliver('+6281200000001', "CEK SAYA $name")), 0, "$name: a message is acknowledged");
	ok($kabar->serve(sub { $kabar->submits > $before }), "$name: and answered");
}

still_works('before');
my ($rss, $peak) = (memory('VmRSS'), memory('VmHWM'));

# 1. 255 parts of 60,000 octets, in two codings in turn, each in a message_payload.
my @seq;
for my $part (1 .. 255) {
	my $coding = $part % 2 ? 0 : 8;
	my $octets = pack('C*', 5, 0, 3, 77, 255, $part) . ($coding ? "\0A" x 29997 : 'LAHIR#SITI#' x 5454);
	my $seq = ++$peer->{seq};
	$peer->{answers}{$seq} = undef;
	$peer->{socket}->deliver_sm(async => 1, seq => $seq, source_addr_ton => 1, source_addr_npi => 1,
		source_addr => '6281200000003', dest_addr_ton => 0, dest_addr_npi => 1, destination_addr => '2255', esm_class => 0x40,
		data_coding => $coding, short_message => '', message_payload => substr($octets, 0, 60000));
	push @seq, $seq;
	$kabar->serve(sub { 0 }, 0.001) if $part % 8 == 0;
}
ok($kabar->serve(sub { !grep { !defined $peer->{answers}{$_} } @seq }, 60), 'each of 255 parts is answered') or diag($kabar->log);
is(scalar(grep { $peer->{answers}{$_} != 0 } @seq), 0, 'with ESME_ROK: it is kept raw');
still_works('after the parts');
is($kabar->sql("SELECT count(*) FROM reports"), 0, 'no machine made a report of it');
is($kabar->sql("SELECT count(*) > 0 FROM human"), 1, 'a person reads its beginning');
SKIP: {
	skip 'a sanitizer keeps memory for itself', 2 if $ENV{KABAR_SANITIZED};
	cmp_ok(memory('VmHWM') - $peak, '<=', 64, sprintf '15 MB in parts took %.0f MB at most', memory('VmHWM') - $peak);
	cmp_ok(memory('VmRSS') - $rss, '<=', 40, sprintf 'and %.0f MB are kept', memory('VmRSS') - $rss);
}

# 2. Reloads of a configuration with an error, each refused in words. KABAR_RELOADS makes them more.
my $good = $kabar->read_file("$kabar->{dir}/kabar.conf");
$kabar->write_file("$kabar->{dir}/kabar.conf", "$good\n[reminders]\nday = 99\n");
sub refused { () = $kabar->log =~ /reload refused, the old configuration stays/g }
sub reload_all {
	my $from = refused();
	for my $n (1 .. $_[0]) {
		kill HUP => $kabar->{pid};
		$kabar->comes(sub { refused() >= $from + $n }) or return 0;
	}
	return 1;
}
ok(reload_all(20), '20 reloads are refused');
$rss = memory('VmRSS');
my $reloads = $ENV{KABAR_RELOADS} || 60;
ok(reload_all($reloads), "$reloads more reloads are refused");
SKIP: {
	skip 'a sanitizer keeps memory for itself', 1 if $ENV{KABAR_SANITIZED};
	cmp_ok(memory('VmRSS') - $rss, '<=', 1, sprintf 'they left %.2f MB behind', memory('VmRSS') - $rss);
}
still_works('after the reloads');
$kabar->write_file("$kabar->{dir}/kabar.conf", $good);
kill HUP => $kabar->{pid};
ok($kabar->comes(sub { $kabar->log =~ /configuration reloaded/ }), 'a good one is taken');
is($kabar->stop, 0, 'exit status 0') or diag($kabar->log);
done_testing();
