package org.sqltune.synthesis.phrasing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sqltune.synthesis.grammar.DraftCondition;
import org.sqltune.synthesis.grammar.DraftCondition.Compound;
import org.sqltune.synthesis.grammar.DraftCondition.Single;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.TableProfile;

/** Phrases conditions, either after a noun or as a verb phrase. */
final class ConditionSpeaker {
    private static final double SPECIAL = 0.6;

    private final PhraseBook book;
    private final PhraseBook words;
    private final TermSpeaker terms;

    ConditionSpeaker(PhraseBook book, PhraseBook words, TermSpeaker terms) {
        this.book = book;
        this.words = words;
        this.terms = terms;
    }

    /** Phrases a table's rows with their condition: "products priced above 20". */
    String rows(TableProfile table, DraftCondition condition, boolean many, Sentence sentence) {
        String noun = many ? Names.many(table) : Names.one(table);
        if (condition instanceof Compound pair) {
            Predicate<String> first = pair.both() ? phrase -> true : ConditionSpeaker::follows;
            String said = attached(noun, table, pair.first(), first, many, sentence);
            // "open orders with a total above 20" needs no "and".
            String link = !said.startsWith(noun + " ") ? " " : pair.both() ? " and " : " or ";
            return said + link + say(table, pair.second(), ConditionSpeaker::follows, many, sentence);
        }
        return attached(noun, table, (Single) condition, phrase -> true, many, sentence);
    }

    /**
     * Phrases the condition as a verb phrase in the plural: "cost more than 20". Every section has a line that allows
     * this.
     */
    String predicate(TableProfile table, DraftCondition condition, Sentence sentence) {
        if (condition instanceof Compound pair) {
            return predicate(table, pair.first(), sentence)
                    + (pair.both() ? " and " : " or ")
                    + predicate(table, pair.second(), sentence);
        }
        Single single = (Single) condition;
        String phrase =
                pick(table, single, p -> VerbPhrases.of(p, done(table, single)).isPresent(), sentence);
        String verb = VerbPhrases.of(phrase, done(table, single)).orElseThrow();
        return fill(verb, table, single, true, sentence);
    }

    private String attached(
            String noun, TableProfile table, Single single, Predicate<String> fits, boolean many, Sentence sentence) {
        String phrase = pick(table, single, fits, sentence);
        boolean whole = !follows(phrase) && containsNoun(phrase);
        String said = fill(phrase, table, single, many, sentence);
        return whole ? said : noun + " " + said;
    }

    private String say(TableProfile table, Single single, Predicate<String> fits, boolean many, Sentence sentence) {
        return fill(pick(table, single, fits, sentence), table, single, many, sentence);
    }

    private static boolean follows(String phrase) {
        return !containsNoun(phrase);
    }

    /**
     * Returns whether the phrase already contains the noun: "{value} {tables}" does, "above the average of all
     * {tables}" doesn't.
     */
    private static boolean containsNoun(String phrase) {
        return phrase.equals("{value} {tables}");
    }

    private String pick(TableProfile table, Single single, Predicate<String> fits, Sentence sentence) {
        List<String> special = new ArrayList<>();
        Set<String> keywords = Names.keywords(table, single.column());
        done(table, single).ifPresent(verb -> keywords.add("done"));
        if (single.terms().get("item") instanceof Term.Entity item) {
            keywords.addAll(List.of(Names.one(item.table()).split(" ")));
            keywords.addAll(List.of(Names.one(table).split(" ")));
        }
        for (PhraseBook.Section section : book.special(single.kind())) {
            if (section.suits(keywords) && Names.tells(table, single.column(), section)) {
                special.addAll(section.phrases());
            }
        }
        List<String> usual = suitable(book.phrases(single.kind()), table, fits);
        List<String> apt = suitable(special, table, fits);
        boolean speakSpecially =
                !apt.isEmpty() && (usual.isEmpty() || sentence.choice().chance(SPECIAL));
        List<String> phrases = speakSpecially ? apt : usual;
        if (phrases.isEmpty()) {
            throw new IllegalStateException("No phrase for the condition " + single.kind());
        }
        return sentence.choice().one(phrases);
    }

    private static List<String> suitable(List<String> phrases, TableProfile table, Predicate<String> fits) {
        return PhraseBook.about(table, phrases).stream().filter(fits).toList();
    }

    /** Returns the verb of a date column: "placed" for order_date. */
    private Optional<String> done(TableProfile table, Single single) {
        Set<String> keywords = Names.keywords(table, single.column());
        return single.column().is(ColumnRole.DATE)
                ? words.special("done").stream()
                        .filter(section -> section.suits(keywords))
                        .flatMap(section -> suitable(section.phrases(), table, phrase -> true).stream())
                        .findFirst()
                : Optional.empty();
    }

    private String fill(String phrase, TableProfile table, Single single, boolean many, Sentence sentence) {
        return Sentence.fill(phrase, token -> switch (token) {
            case "s" -> many ? "" : "s";
            case "are" -> many ? "are" : "is";
            case "have" -> many ? "have" : "has";
            case "do" -> many ? "do" : "does";
            case "who" -> Names.who(table);
            case "things" -> Names.spoken(single.column());
            case "done" -> done(table, single).orElseThrow();
            case "tables" -> follows(phrase) || many ? Names.many(table) : Names.one(table);
            default -> terms.say(token, single.terms(), sentence);
        });
    }
}
