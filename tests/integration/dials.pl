# More dials than the link can answer: the gateway lives, takes the dials that it can show a screen for, tells the centre
# that there is no room for the others, and who is answered at all is answered in time.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Test::More;

my $dials = $ENV{KABAR_SANITIZED} ? 1500 : 3000;
my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
mkdir "$kabar->{dir}/dialects";
$kabar->write_file("$kabar->{dir}/dialects/sabar.ini", <<'INI');
[dialect]
session = 0x1383:2 & 0xFFFF
begin   = 1
answer  = 18
user_timer = 5s
INI
# 30 a second and 5 seconds of patience: 150 screens are of use, 75 of them for who dials anew.
$kabar->configure(gateway => {dialects => "$kabar->{dir}/dialects"},
	'smsc uji' => {ussd_dialect => 'sabar', ussd_code => '*355#', rate => 30});
$kabar->import_context;
my $screens = 0;
$kabar->{on_submit} = sub { $screens++ if $_[1]{service_type} eq 'USSD'; 0 };
$kabar->start;
my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);
my @sequences;
for my $n (1 .. $dials) {
	my $seq = ++$peer->{seq};
	push @sequences, $seq;
	$peer->{answers}{$seq} = undef;
	$peer->{socket}->deliver_sm(async => 1, seq => $seq, service_type => 'USSD', source_addr_ton => 1, source_addr_npi => 1,
		source_addr => sprintf('62812%07d', $n), dest_addr_ton => 0, dest_addr_npi => 1, destination_addr => '2255',
		short_message => '*355#', ussd_service_op => pack('C', 1), its_session_info => pack('n', $n));
	$kabar->serve(sub { 0 }, 0.001) if $n % 20 == 0;
}
ok($kabar->serve(sub { !grep { !defined $peer->{answers}{$_} } @sequences }), 'each dial has its answer') or diag($kabar->log);
my $taken = grep { $peer->{answers}{$_} == 0 } @sequences;
my $refused = grep { $peer->{answers}{$_} == 0x64 } @sequences;
is($taken + $refused, $dials, 'ESME_ROK or ESME_RX_T_APPN');
cmp_ok($refused, '>', 0, "$refused of $dials are refused for now");
my $open = sub { $kabar->sql("SELECT count(*) FROM outbox WHERE kind LIKE 'ussd%' AND state IN ('waiting', 'claimed')") };
ok($kabar->comes(sub { $open->() == 0 }), 'no screen waits for ever') or diag($kabar->log);
is($kabar->sql("SELECT count(*) FROM outbox WHERE kind LIKE 'ussd%' AND state = 'sent'"), $screens,
	"$screens screens were shown, each told as sent");
is($kabar->stop, 0, 'exit status 0') or diag($kabar->log);
done_testing();
