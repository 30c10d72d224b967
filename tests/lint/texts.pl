#!/usr/bin/perl
# The texts that people read keep the house rules of docs/id/gaya.md: its tables of words that are not used and of texts
# that may say "diteruskan" are read here, so the paper is what is checked. Run from the root of the tree.
# usage: texts.pl GUIDE FILE...     conf/messages/*.ini, conf/menus/*.ini, conf/forms/*.ini, flows/ussd/ussd_words.h
use strict;
use warnings;
use open qw(:std :encoding(UTF-8));

my (@words, %told, $bad);

sub complain {
	my ($at, $what) = @_;
	print "$at->{file}:$at->{line}: $at->{id}: $what\n";
	$bad = 1;
}

# The rows of the table below a heading, as lists of cells.
sub table {
	my ($text, $heading) = @_;
	my ($body) = $text =~ /^## \Q$heading\E\n(.*?)(?=^## |\z)/ms or die "no section \"$heading\"\n";
	my @rows = grep { !/^[-\s]*$/ } map { join "\t", map { s/^\s+|\s+$//gr } split /\|/ } map { s/^\|//r } $body =~ /^(\|.*)$/mg;
	shift @rows;
	return map { [split /\t/, $_, -1] } grep { !/^-/ } @rows;
}

sub read_guide {
	my $name = shift;
	open my $in, '<', $name or die "$name: $!\n";
	my $text = do { local $/; <$in> };
	for my $row (table($text, 'Kata yang tidak dipakai')) {
		my ($language, $list, $instead, $except) = @$row;
		my @except = map { s/\*$/.*/r } map { s/\./\\./gr } split ' ', $except // '';
		push @words, {language => $language, word => $_, instead => $instead, except => \@except} for split /,\s*/, $list;
	}
	for my $row (table($text, 'Teks yang boleh berkata diteruskan')) {
		$told{$_} = 1 for split /,\s*/, $row->[0];
	}
	die "$name: the tables are empty\n" if !@words || !%told;
}

# Values that end, or begin, with a digit.
my $ends = qr/(?:[0-9]+(?!\S*=)|\{(?:ref|month|period|year|count|births|code|phone|phones|hours|old)\})/;
my $starts = qr/(?:[0-9](?!\d*=)|\{(?:count|births|share|code|year|hours|phone|age|list)\})/;

sub check_signs {
	my ($at, $text) = @_;
	my $plain = $text =~ s/\{[a-z_|=A-Z]+\}//gr;
	complain($at, "\"$1\" takes two septets") if $plain =~ /([\[\]{}~^\\|])/;
	complain($at, 'a semicolon') if $plain =~ /;/;
	complain($at, 'an exclamation mark') if $plain =~ /!/;
	complain($at, "two numbers meet: \"$1\"") if $at->{id} !~ /^(?:echo|month|unit)\./ && $text =~ /($ends,? $starts)/;
	complain($at, "a number that is a setting: \"$1\"")
		if $text =~ /\b((?:24|20) (?:jam|hours?)|30 (?:hari|dinten|days))\b/i;
}

sub check_words {
	my ($at, $text) = @_;
	my $plain = $text =~ s/\{[^}]*\}/{}/gr =~ s/\blahir mati\b//gir;
	for my $word (@words) {
		next if $word->{language} !~ /^(?:semua|$at->{language})$/;
		next if grep { $at->{id} =~ /^$_$/ } @{$word->{except}};
		# Commands are capitals; a word of the list is written small, or begins a sentence.
		my $one = $word->{word};
		my $any = $one =~ /^[A-Z]/ ? qr/\Q$one\E/ : qr/(?:\Q$one\E|\Q${\ucfirst $one}\E)/;
		complain($at, "\"$one\": we say $word->{instead}") if $plain =~ m{(?<![\w/])$any(?![\w/])};
	}
	complain($at, "\"$1\" would be typed as it stands: give an example")
		if $plain =~ /\b[A-Z]{3,}(?: [A-Z]+)*(?: \{\})*(?: \w+)? (peran|alasan|nilai|role|reason|value|alesan)\b/;
	complain($at, "\"$1\": who was told? no slot says it and no condition is known")
		if $plain =~ /\b(diteruskan|teruskan|diberi tahu|kaaturaken|didugikeun|passed on|(?:been|are) told)\b/i
		&& !$told{$at->{id}} && $text !~ /\{(?:phones?|who|name)\}/;
}

# The texts of a file: id, language, text and where it stands.
sub texts {
	my $file = shift;
	my ($language) = $file =~ m{messages/(\w+)\.ini$};
	my ($form) = $file =~ m{forms/(\w+)\.ini$};
	my ($section, @texts) = ('');
	open my $in, '<', $file or die "$file: $!\n";
	while (my $row = <$in>) {
		my $at = {file => $file, line => $., language => $language // 'id'};
		if ($file =~ /\.h$/) {
			push @texts, [{%$at, id => "ussd.$1"}, $2] if $row =~ /^\tX\((\w+), \w+, "(.*)"\)/;
		} elsif ($row =~ /^\[(.*?)\]/) {
			$section = $1;
		} elsif ($row =~ /^([\w.]+)\s*=\s*(.*?)\s*$/) {
			my ($key, $text) = ($1, $2);
			next if !$language && $key !~ /^(?:text|label|title|ask)$/;
			next if $key =~ /^book\./; # what people write, not what we write
			my $id = $language ? $key : $form ? $form . '.' . ($section =~ s/^field //r) : "$section.$key";
			push @texts, [{%$at, id => $id}, $text];
		}
	}
	return @texts;
}

my ($guide, @files) = @ARGV;
my $count = 0;
read_guide($guide);
for my $file (@files) {
	for my $one (texts($file)) {
		my ($at, $text) = @$one;
		$count++;
		check_signs($at, $text);
		check_words($at, $text);
	}
}
die "no texts found\n" if !$count;
exit($bad ? 1 : 0);
