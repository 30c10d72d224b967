# Machines at the other end: an SMSC that sends every SMS of ours back, one that sends a receipt in every form for every
# SMS, one whose phones react to everything. What they say costs a bounded number of SMS, and tells nothing.
# KABAR_ECHO=PHONES,REPORTS: how many phones, and reports of each (the standard is short; `make soak` runs 100,10).
use strict;
use warnings;
use utf8;
use Encode qw(encode);
use FindBin;
use lib $FindBin::Bin;
use File::Copy qw(copy);
use Kabar;
use Raw;
use Test::More;
use Time::HiRes qw(time);

my ($PHONES, $REPORTS) = split /,/, $ENV{KABAR_ECHO} || '10,4';
my $seq = 1000;
my @forms = receipt_forms();

# A kabard of its own (patient: the machine that runs the tests may be slow), its operator, and what the operator does with each SMS: a list of [octets, more].
sub world {
	my ($name, $machine, %limits) = @_;
	my $lexicon = delete $limits{lexicon};
	my $kabar = Kabar->new(now => '2024-08-15 03:00:00');
	$kabar->configure(limits => {quick_time => '20s', chat_answers => 2, chat_answers_per_day => 5, %limits},
		$lexicon ? (gateway => {lexicon => $lexicon}) : ());
	$kabar->import_context;
	$kabar->import_crowd($PHONES);
	$kabar->start;
	my $smsc = Raw->accept_bound($kabar) or BAIL_OUT('kabard does not bind: ' . $kabar->log);
	my $me = {kabar => $kabar, smsc => $smsc, machine => $machine, name => $name, sms => {}, waiting => {}, ids => 0};
	$smsc->{on_submit} = sub { on_submit($me, $_[1]) };
	return $me;
}

sub on_submit {
	my ($me, $submit) = @_;
	my $id = sprintf 'F%07d', ++$me->{ids};
	$me->{sms}{$submit->{to}}++;
	$me->{smsc}->accept_submit($submit, $id);
	my $text = $submit->{coding} == 8 ? Encode::decode('UTF-16BE', $submit->{text}) : $submit->{text};
	deliver($me, $submit->{to}, @$_) for $me->{machine}->($text, $id, $submit);
}

sub deliver {
	my ($me, $from, $octets, %more) = @_;
	$me->{smsc}->octets(Raw::pdu(5, 0, ++$seq, Raw::message($from, $octets, %more)));
	$me->{waiting}{$seq} = 1;
	$me->{sent}++;
	return $seq;
}

# Serves until everything that was sent is answered and nothing more came for a moment.
sub settle {
	my ($me, $quiet) = @_;
	my $last = time;
	my $count = -1;
	$me->{smsc}->until(sub {
		for (splice @{$me->{smsc}{others} || []}) {
			next if $_->{command} != 0x80000005;
			delete $me->{waiting}{$_->{seq}};
			$me->{bad}++ if $_->{status};
		}
		my $now = keys(%{$me->{waiting}}) + $me->{ids} + $me->{sent};
		($count, $last) = ($now, time) if $now != $count;
		return !%{$me->{waiting}} && time - $last > $quiet;
	}, 600);
	is_deeply([sort keys %{$me->{waiting}}], [], "$me->{name}: every message is acknowledged");
	is($me->{bad} || 0, 0, "$me->{name}: with ESME_ROK");
}

sub phone { sprintf '+62899000000%04d', shift }

# Mothers who are nobody's neighbour by name or day.
sub report {
	my ($phone, $n) = @_;
	my @syllables = qw(BA CI DO FE GU HA JI KO LE MU NA PI RO SE TU WA YI ZO);
	my $serial = $phone * $REPORTS + $n;
	my ($a, $b) = ($serial, $serial * 7 + 3);
	my $name = join '', map { my $s = $syllables[($a = ($a * 31 + 17 * $_) % 7919) % @syllables]; $s } 1 .. 4;
	$name .= ' ' . join '', map { $syllables[($b = ($b * 37 + 11 * $_) % 7907) % @syllables] } 1 .. 3;
	my $day = 1 + $serial % 28;
	return sprintf 'LAHIR#%s#%d#%d/%d/24#%s#%d#49#PKM#BIDAN#HIDUP', $name, 21 + $serial % 14, $day,
		1 + int($serial / 28) % 7, $serial % 2 ? 'L' : 'P', 2600 + $serial % 900;
}

sub run_reports {
	my ($me, $quiet) = @_;
	for my $n (0 .. $REPORTS - 1) {
		deliver($me, phone($_), report($_, $n)) for 0 .. $PHONES - 1;
		settle($me, $n == $REPORTS - 1 ? $quiet : 0.05);
	}
}

sub cpu_seconds {
	my ($me) = @_;
	my @stat = split ' ', $me->{kabar}->read_file("/proc/$me->{kabar}{pid}/stat");
	return ($stat[13] + $stat[14]) / 100;
}

sub store_size {
	my ($me) = @_;
	my $sum = 0;
	$sum += -s $_ || 0 for glob "$me->{kabar}{db}*";
	return $sum;
}

sub most_sms {
	my ($me) = @_;
	my ($most) = sort { $b <=> $a } values %{$me->{sms}};
	return $most || 0;
}

sub sum_sms {
	my ($me) = @_;
	my $sum = 0;
	$sum += $_ for values %{$me->{sms}};
	return $sum;
}

sub harmless {
	my ($me, $reports) = @_;
	my $kabar = $me->{kabar};
	is($kabar->sql("SELECT count(*) FROM reports WHERE status = 'accepted'"), $reports, "$me->{name}: every report counted once");
	is($kabar->sql('SELECT count(*) FROM reports'), $reports, "$me->{name}: and nothing else is a report");
	is($kabar->sql("SELECT count(*) FROM outbox WHERE kind <> 'reply'"), 0, "$me->{name}: no alert");
	is($kabar->sql('SELECT count(*) FROM inbound'), $me->{sent}, "$me->{name}: everything is stored raw");
}

sub finish {
	my ($me) = @_;
	note(sprintf '%s: %d messages in, %d SMS out, at most %d to one phone, CPU %.1f s, store %d KB', $me->{name}, $me->{sent},
		sum_sms($me), most_sms($me), cpu_seconds($me), store_size($me) / 1024);
	kill TERM => $me->{kabar}{pid};
	$me->{smsc}->part(10);
	is($me->{kabar}->wait_exit(10), 0, "$me->{name}: it ends as it should") or diag($me->{kabar}->log);
	unlike($me->{kabar}->log, qr/Sanitizer|runtime error/, "$me->{name}: no complaint of a sanitizer");
}

# The same SMS in five ways.
sub echoes {
	my ($text) = @_;
	my $quoted = "Liked \x{201c}$text\x{201d}";
	return ([$text], [encode('UTF-16BE', $text), coding => 8], [encode('UTF-16BE', $quoted), coding => 8], [lc $text],
		[substr("Fwd: $text", 0, 80) . '...']);
}

sub receipt_forms {
	open my $in, '<:encoding(UTF-8)', "$Kabar::TOP/tests/gateway/receipts.tsv" or die "receipts.tsv: $!";
	my @found;
	while (<$in>) {
		chomp;
		my ($esm, $kind, $id, $state, $text) = split /\t/, $_, -1;
		next if /^#/ || $kind ne 'sure' || $state ne 'DELIVERED' || $id eq '-';
		$text =~ s/\\n/\n/g;
		push @found, [$esm, $id, $text];
	}
	return @found;
}

subtest 'an SMSC that echoes everything, in five ways' => sub {
	my $me = world('echo', sub { echoes($_[0]) });
	run_reports($me, 0.5);
	harmless($me, $PHONES * $REPORTS);
	cmp_ok(sum_sms($me), '<=', 2 * $PHONES * $REPORTS, 'at most two SMS per report');
	cmp_ok(cpu_seconds($me), '<', 5 + $PHONES * $REPORTS * 0.05 * ($ENV{KABAR_SANITIZED} ? 10 : 1), 'CPU is bounded');
	cmp_ok(store_size($me), '<', 8e6 + $PHONES * $REPORTS * 20000, 'so is the store');
	like($me->{kabar}->log, qr/phone muted/, 'a warning tells of it');
	finish($me);
};

# Negative controls: each half of the defence by itself.
subtest 'the guard alone' => sub {
	my $lexicon = Kabar->new->{dir};
	copy($_, $lexicon) for grep { !/ignore/ } glob "$Kabar::TOP/conf/lexicon/*.ini";
	my $me = world('guard', sub { echoes($_[0]) }, echo_words => 'no', lexicon => $lexicon);
	run_reports($me, 0.5);
	cmp_ok(sum_sms($me), '<=', 2 * $PHONES * $REPORTS, 'the loop is bounded');
	is($me->{kabar}->sql("SELECT count(*) FROM outbox WHERE kind <> 'reply'"), 0, 'no alert');
	finish($me);
};

subtest 'the recognisers alone' => sub {
	my $me = world('recognisers', sub { echoes($_[0]) }, quick_time => 0, chat_answers => 1000, chat_answers_per_day => 1000);
	run_reports($me, 0.5);
	harmless($me, $PHONES * $REPORTS);
	is(sum_sms($me), $PHONES * $REPORTS, 'the loop is settled: one answer to each report');
	finish($me);
};

subtest 'neither' => sub {
	my $lexicon = Kabar->new->{dir};
	copy($_, $lexicon) for grep { !/ignore/ } glob "$Kabar::TOP/conf/lexicon/*.ini";
	my $count = 0;
	my $me = world('neither', sub { $count++ < 200 ? ["pesan ke-$count: $_[0]"] : () }, echo_words => 'no', quick_time => 0, lexicon => $lexicon,
		chat_answers => 1000, chat_answers_per_day => 1000, repeat_times => 1000);
	deliver($me, phone(0), 'bu besok jadi ke balai desa');
	settle($me, 0.5);
	cmp_ok(sum_sms($me), '>', 100, 'without both one message costs ' . sum_sms($me) . ' SMS');
	finish($me);
};

subtest 'an SMSC that sends a receipt in every form' => sub {
	my $me;
	$me = world('receipts', sub {
		my ($text, $id, $submit) = @_;
		return map {
			my ($esm, $old, $form) = @$_;
			$form =~ s/\Q$old\E/$id/;
			[$form, esm => rand() < 0.5 ? 0 : hex $esm];
		} @forms;
	});
	run_reports($me, 0.5);
	cmp_ok(scalar @forms, '>=', 45, 'many forms');
	harmless($me, $PHONES * $REPORTS);
	is(sum_sms($me), $PHONES * $REPORTS, 'one SMS per report');
	is($me->{kabar}->sql("SELECT count(*) FROM outbox WHERE state <> 'delivered'"), 0, 'and every row is delivered');
	is($me->{kabar}->sql('SELECT count(*) FROM human'), 0, 'nobody has to read anything');
	finish($me);
};

subtest 'an SMSC that tells in words of its own of every SMS' => sub {
	my $me = world('words', sub { ["SMS utk $_[2]{to} sdh sampai di HP tujuan. No resi $_[1]"] });
	run_reports($me, 0.5);
	harmless($me, $PHONES * $REPORTS);
	cmp_ok(most_sms($me), '<=', $REPORTS + 1, 'not more than one SMS per phone beside the answers to its reports');
	like($me->{kabar}->log, qr/muted/, 'a warning tells of it');
	finish($me);
};

subtest 'phones that react to everything' => sub {
	my @reactions = ("Liked \x{201c}%s\x{201d}", "Menyukai \x{201c}%s\x{201d}", "\x{1f44d} to \x{201c}%s\x{201d}", 'Disukai "%s"',
		"Reacted \x{2764} to \x{201c}%s\x{201d}", "Tertawa pada \x{201c}%s\x{201d}", 'Emphasized "%s"');
	my $me = world('reactions', sub { my $text = $_[0]; map { [encode('UTF-16BE', sprintf $_, $text), coding => 8] } @reactions });
	run_reports($me, 0.5);
	deliver($me, phone(0), encode('UTF-16BE', sprintf $_, 'MATI IBU#SARMI#34#14/8/24#NIFAS#RS#PERDARAHAN'), coding => 8) for @reactions;
	settle($me, 0.5);
	harmless($me, $PHONES * $REPORTS);
	cmp_ok(sum_sms($me), '<=', $PHONES * $REPORTS, 'and they cost nothing');
	is($me->{kabar}->sql('SELECT count(*) FROM human'), 0, 'nor anybody\'s time');
	finish($me);
};

done_testing();
