package org.sqltune.core.sql.recognizer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.NameTries;
import org.sqltune.core.sql.recognizer.name.SchemaNames;

/** What may come next between terminals. Filled by frames from the top of the stack down. */
final class Expectation {
    /** Spellings of one role. */
    record Choice(boolean keyword, NameTries tries, BitSet bare, BitSet inQuotes) {}

    /** What comes next on the way to the end. */
    record Preference(Terminal terminal, String spelling) {}

    /** Bytes of a name of a database that isn't known. */
    private static final int LONGEST_NAME = 64;

    private final SchemaNames names;
    private final List<Choice> choices = new ArrayList<>();
    private final TreeSet<String> symbols = new TreeSet<>();
    private final TreeSet<String> keywords = new TreeSet<>();
    private boolean number;
    private int largestInteger;
    private boolean string;
    private boolean character;
    private boolean textInDoubleQuotes;
    private int longestFreeName;
    private boolean earlyAlias;
    private boolean end;
    private @Nullable Preference preference;

    Expectation(SchemaNames names) {
        this.names = names;
    }

    void keywords(String... words) {
        keywords.addAll(List.of(words));
    }

    /** A keyword that may come, and that the shortest ending goes on with. */
    void keywordToEnd(String word) {
        keywords(word);
        preferKeyword(word);
    }

    /** A symbol that may come, and that the shortest ending goes on with. */
    void symbolToEnd(String symbol) {
        symbol(symbol);
        preferSymbol(symbol);
    }

    void symbols(Collection<String> more) {
        symbols.addAll(more);
    }

    void symbol(String symbol) {
        symbols.add(symbol);
    }

    void number() {
        number = true;
    }

    /** Whole numbers from 1 on. */
    void integer(int largest) {
        largestInteger = Math.max(largestInteger, largest);
    }

    void string() {
        string = true;
    }

    /** A text of one character. */
    void character() {
        character = true;
    }

    void textInDoubleQuotes() {
        textInDoubleQuotes = true;
    }

    /**
     * A name that the query itself gives.
     *
     * @param longest its bytes at most
     */
    void freeName(int longest) {
        longestFreeName = longest;
    }

    /** Any name at all, of a database that isn't known; {@code spelling} is one on the way to the end, unless there is a shorter way. */
    void anyName(String spelling) {
        freeName(LONGEST_NAME);
        prefer(Terminal.name(spelling), spelling);
    }

    /** An alias that FROM has yet to declare. */
    void earlyAlias() {
        earlyAlias = true;
    }

    void functions(Collection<String> functions) {
        add(false, names.functionTries(), functions);
    }

    void types() {
        NameTries types = names.typeTries();
        choices.add(new Choice(true, types, types.bare().all(), new BitSet()));
    }

    void tables(Collection<String> tables) {
        add(false, names.tableTries(), tables);
    }

    /** Tables where nothing but a table can stand. */
    void sources(Collection<String> tables) {
        add(false, names.sourceTries(), tables);
    }

    /** Columns, aliases and names of queries: those that the schema has, and others. */
    void names(Set<String> wanted) {
        List<String> known = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String name : wanted) {
            (names.isColumn(name) ? known : others).add(name);
        }
        add(false, names.columnTries(), known);
        List<String> tables =
                others.stream().filter(names.tables()::containsKey).toList();
        tables(tables);
        others.removeAll(tables);
        if (!others.isEmpty()) {
            NameTries own = NameTries.ofOwn(others);
            choices.add(new Choice(false, own, own.bare().all(), own.inQuotes().all()));
        }
    }

    /** Aliases that the query has used and that stand where they are given: fewer of them can do without quotes there. */
    void aliases(Collection<String> wanted) {
        if (!wanted.isEmpty()) {
            NameTries own = NameTries.ofOwn(wanted);
            List<String> bare = wanted.stream().filter(NameTries::readsBare).toList();
            choices.add(new Choice(
                    false, own, own.bare().select(bare), own.inQuotes().all()));
        }
    }

    private void add(boolean keyword, NameTries tries, Collection<String> wanted) {
        if (!wanted.isEmpty()) {
            choices.add(new Choice(
                    keyword,
                    tries,
                    tries.bare().select(wanted),
                    tries.inQuotes().select(wanted)));
        }
    }

    void end() {
        end = true;
    }

    /** The first one that is told stays. */
    void prefer(Terminal terminal, String spelling) {
        if (preference == null) {
            preference = new Preference(terminal, spelling);
        }
    }

    void preferKeyword(String word) {
        prefer(Terminal.keyword(word), word.toUpperCase(java.util.Locale.ROOT));
    }

    void preferSymbol(String symbol) {
        prefer(Terminal.symbol(symbol), symbol);
    }

    /** Nothing is added from here on. */
    Expectation done() {
        if (!keywords.isEmpty()) {
            add(true, names.keywordTries(), keywords);
        }
        return this;
    }

    List<Choice> choices() {
        return choices;
    }

    Set<String> symbols() {
        return symbols;
    }

    boolean takesNumber() {
        return number;
    }

    int largestInteger() {
        return largestInteger;
    }

    boolean takesString() {
        return string;
    }

    boolean takesCharacter() {
        return character;
    }

    boolean takesTextInDoubleQuotes() {
        return textInDoubleQuotes;
    }

    boolean takesFreeName() {
        return longestFreeName > 0;
    }

    /** Bytes of a name that the query itself gives; 0 if none may come. */
    int longestFreeName() {
        return longestFreeName;
    }

    boolean takesEarlyAlias() {
        return earlyAlias;
    }

    boolean mayEnd() {
        return end;
    }

    @Nullable
    Preference preference() {
        return preference;
    }
}
