# The birth reports of the corpus over Net::SMPP: each gets ESME_ROK and exactly one reply of at most 160
# septets, and stands in the store with the fields that the corpus names. Every row has a store of its own.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::PP;
use Kabar;
use Test::More;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

# Rows about births only: [id, from, text, expectation].
sub rows {
	my @rows;
	open my $in, '<:raw', "$Kabar::TOP/tests/corpus/dev.tsv" or die "dev.tsv: $!";
	while (<$in>) {
		next if /^#/;
		chomp;
		my ($id, $from, $text, $expect) = split /\t/;
		my $want = decode_json($expect);
		my @reports = @{$want->{reports} || []};
		next if !@reports || grep { $_->{form} ne 'lahir' } @reports;
		$text = Encode::decode('UTF-8', $text);
		my %plain = (n => "\n", t => "\t", '\\' => '\\');
		$text =~ s/\\(?:u([0-9a-fA-F]{4})|(.))/defined $1 ? chr hex $1 : $plain{$2}/ge;
		push @rows, [$id, $from, $text, $want];
	}
	return @rows;
}

sub same {
	my ($want, $got) = @_;
	return 0 if !defined $got;
	return $want =~ /^-?[\d.]+$/ && $got =~ /^-?[\d.]+$/ ? $want == $got : $want eq $got;
}

# What differs between the expected reports and the stored rows, as text.
sub difference {
	my ($want, @stored) = @_;
	my @reports = grep { $_->{status} eq 'accepted' } @{$want->{reports}};
	my @counted = grep { $_->{status} =~ /^(accepted|verified)$/ } @stored;
	return scalar(@counted) . ' accepted reports, expected ' . @reports if @counted != @reports;
	for my $i (0 .. $#reports) {
		my $fields = $reports[$i]{fields} || {};
		for (sort keys %$fields) {
			my $got = $counted[$i]{fields}{$_};
			return "$_ is " . ($got // 'missing') . ", expected $fields->{$_}" if !same($fields->{$_}, $got);
		}
	}
	return '';
}

my $template;

# NIK are sealed in the database: they are read as an officer reads them.
sub niks {
	my $kabar = shift;
	my ($head, @lines) = map { [map { s/^"|"$//gr } /("(?:[^"]|"")*"|[^,]*)(?:,|$)/g] } split /\r?\n/,
		$kabar->ctl('export', 'reports', '--training', '--as', 'dinkes', '--password-file', "$template->{dir}/password");
	my ($column) = grep { $head->[$_] eq 'nik' } 0 .. $#$head;
	return map { $_->[0] => $_->[$column] } @lines;
}

sub stored {
	my $kabar = shift;
	my %nik;
	return map {
		my ($ref, $status, $fields) = split /\|/, $_, 3;
		my $read = decode_json($fields);
		%nik = niks($kabar) if !%nik && $fields =~ /<~1:/;
		$read->{nik} = $nik{$ref} if ($read->{nik} // '') =~ /^<~1:/;
		{status => $status, fields => $read}
	} $kabar->sql('SELECT ref, status, fields FROM reports ORDER BY id');
}

my %times = (now => '2024-08-15 03:00:00');
$template = Kabar->new(%times);
$template->configure;
$template->import_context;
$template->write_file("$template->{dir}/password", "rahasia-dinkes\n");
system("'$Kabar::BUILD/kabarctl' -c '$template->{dir}/kabar.conf' user add dinkes --role dinkes --area 35.03 < '$template->{dir}/password' > /dev/null") == 0
	or die 'no account';

for my $row (rows()) {
	my ($id, $from, $text, $want) = @$row;
	my $kabar = Kabar->new(%times);
	$kabar->configure;
	$kabar->use_template($template);
	$kabar->start;
	my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);
	my $seq = $peer->deliver($from, $text);
	is($peer->answer($seq), 0, "row $id: ESME_ROK");
	ok($kabar->serve(sub { grep { $_->{to} eq $from } $kabar->submits }), "row $id: answered");
	is($kabar->stop, 0, "row $id: SIGTERM ends it with status 0") or diag($kabar->log);
	my @replies = grep { $_->{to} eq $from } $kabar->submits;
	is(scalar @replies, 1, "row $id: one reply");
	cmp_ok(length($replies[0]{octets} // ''), '<=', $replies[0]{coding} ? 140 : 160, "row $id: one SMS");
	is(difference($want, stored($kabar)), '', "row $id: stored as expected") or diag($text);
	is($kabar->sql('SELECT count(*) FROM inbound'), 1, "row $id: kept raw once");
}
done_testing();
