package org.sqltune.synthesis.phrasing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.naming.Nouns;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;
import org.sqltune.synthesis.profile.TableProfile;

/** Phrases terms: {@code {table}}, {@code {tables}}, {@code {a table}}, {@code {who table}}, {@code {predicate}}. */
final class TermSpeaker {
    private static final double ADJECTIVE = 0.65;

    private final PhraseBook words;
    private final ConditionSpeaker conditions;

    TermSpeaker(PhraseBook conditionBook, PhraseBook words) {
        this.words = words;
        this.conditions = new ConditionSpeaker(conditionBook, words, this);
    }

    /**
     * Returns the words for a token.
     *
     * @param token a term's name, optionally in the plural or after a word for its form
     * @param terms the terms by name
     * @throws IllegalStateException if there is no such term: a mistake in a phrase book
     */
    String say(String token, Map<String, Term> terms, Sentence sentence) {
        int space = token.indexOf(' ');
        String name = token.substring(space + 1);
        if (token.equals("predicate")) {
            Term.Rows rows = (Term.Rows) named("rows", token, terms);
            return conditions.predicate(rows.table(), rows.condition().orElseThrow(), sentence);
        }
        if (space < 0) {
            return number(token, terms, sentence);
        }
        return switch (token.substring(0, space)) {
            case "a" -> Nouns.withArticle(number(name, terms, sentence));
            case "who" -> Names.who(((Term.Entity) named(name, token, terms)).table());
            case "has" -> verb(((Term.Relation) named(name, token, terms)).link(), 0, "has");
            case "have" -> verb(((Term.Relation) named(name, token, terms)).link(), 0, "have");
            case "do" -> verb(((Term.Relation) named(name, token, terms)).link(), 1, "have");
            default -> throw new IllegalStateException("Unknown form in {" + token + "}");
        };
    }

    private String number(String name, Map<String, Term> terms, Sentence sentence) {
        Term exact = terms.get(name);
        if (exact != null) {
            return exact instanceof Term.Rows ? many(exact, sentence) : one(exact, sentence);
        }
        Term singular = name.endsWith("s") ? terms.get(name.substring(0, name.length() - 1)) : null;
        return singular != null ? many(singular, sentence) : one(named(name + "s", name, terms), sentence);
    }

    private static Term named(String name, String token, Map<String, Term> terms) {
        @Nullable Term term = terms.get(name);
        if (term == null) {
            throw new IllegalStateException("A phrase has {" + token + "} but the query has only " + terms.keySet());
        }
        return term;
    }

    private String one(Term term, Sentence sentence) {
        return say(term, false, sentence);
    }

    private String many(Term term, Sentence sentence) {
        return say(term, true, sentence);
    }

    private String say(Term term, boolean many, Sentence sentence) {
        if (term instanceof Term.Entity entity) {
            return many ? Names.many(entity.table()) : Names.one(entity.table());
        } else if (term instanceof Term.Attribute attribute) {
            return many ? pluralOf(sentence.call(attribute)) : sentence.call(attribute);
        } else if (term instanceof Term.Attributes attributes) {
            return list(attributes, sentence);
        } else if (term instanceof Term.Rows rows) {
            return rows(rows, many, sentence);
        } else if (term instanceof Term.Top top) {
            return top(top, many, sentence);
        } else if (term instanceof Term.Extreme extreme) {
            return extreme(extreme.column(), extreme.highest(), sentence);
        } else if (term instanceof Term.Measure measure) {
            return measure(measure, sentence);
        } else if (term instanceof Term.Words text) {
            return text.text();
        }
        throw new IllegalStateException("A verb needs a form: " + term);
    }

    private static String pluralOf(String column) {
        return column.startsWith("number of ") ? column : Nouns.plural(column);
    }

    private static String list(Term.Attributes attributes, Sentence sentence) {
        List<String> names = attributes.columns().stream()
                .map(column -> sentence.call(new Term.Attribute(attributes.table(), column)))
                .toList();
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private String rows(Term.Rows rows, boolean many, Sentence sentence) {
        return rows.condition()
                .map(condition -> conditions.rows(rows.table(), condition, many, sentence))
                .orElseGet(() -> many ? Names.many(rows.table()) : Names.one(rows.table()));
    }

    /** Returns a phrase like "most expensive product", else like "product with the highest price". */
    private String top(Term.Top top, boolean many, Sentence sentence) {
        TableProfile table = top.rows().table();
        List<String> adjectives = adjectives(table, top.column(), top.highest());
        String rows = rows(top.rows(), many, sentence);
        if (!adjectives.isEmpty() && sentence.choice().chance(ADJECTIVE)) {
            return sentence.choice().one(adjectives) + " " + rows;
        }
        return rows + " with the " + extreme(top.column(), top.highest(), sentence) + " "
                + sentence.call(new Term.Attribute(table, top.column()));
    }

    private List<String> adjectives(TableProfile table, ColumnProfile column, boolean highest) {
        boolean date = column.is(ColumnRole.DATE);
        String section = date ? (highest ? "latest" : "earliest") : (highest ? "highest" : "lowest");
        Set<String> keywords = Names.keywords(table, column);
        return words.special(section).stream()
                .filter(s -> s.suits(keywords))
                .filter(s -> table.columns().stream()
                        .noneMatch(other -> !other.equals(column) && s.suits(Names.keywords(table, other))))
                .flatMap(s -> s.phrases().stream())
                .toList();
    }

    private static String extreme(ColumnProfile column, boolean highest, Sentence sentence) {
        if (column.is(ColumnRole.DATE)) {
            return sentence.choice().one(highest ? List.of("latest", "most recent") : List.of("earliest"));
        }
        return sentence.choice()
                .one(
                        highest
                                ? List.of("highest", "highest", "highest", "largest", "maximum")
                                : List.of("lowest", "lowest", "lowest", "smallest", "minimum"));
    }

    private static String measure(Term.Measure measure, Sentence sentence) {
        String column = sentence.call(new Term.Attribute(measure.table(), measure.column()));
        String function = switch (measure.function()) {
            case AVG -> sentence.choice().chance(0.85) ? "average" : "mean";
            case SUM -> column.contains("total") || sentence.choice().chance(0.1) ? "combined" : "total";
            case MAX -> extreme(measure.column(), true, sentence);
            case MIN -> extreme(measure.column(), false, sentence);
        };
        return function + " " + column;
    }

    /** Returns the verb for what a person did with a table's rows, else "has". */
    private String verb(Link link, int form, String otherwise) {
        Set<String> keywords = Set.copyOf(List.of(Names.one(link.child()).split(" ")));
        boolean person = Names.who(link.parent()).equals("who");
        return words.special("verb").stream()
                .filter(section -> person && section.suits(keywords))
                .map(section -> section.phrases().get(0).split(" / ", -1)[form])
                .findFirst()
                .orElse(otherwise);
    }
}
