package org.sqltune.core.sql.recognizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.recognizer.name.NameTries;
import org.sqltune.core.sql.recognizer.name.SchemaNames;

/**
 * A place in a query that is being written. Never changes; {@link #next} gives the place one byte further. Whatever is
 * accepted can be ended, by {@link #ending} at the latest, and then SQLite prepares it on the database of the schema. Two
 * places are equal if the same may follow. For one thread at a time.
 */
public final class QueryRecognizer {
    /** Spaces between two tokens. */
    private static final int MOST_SPACES = 4;

    /** A line's end and the spaces behind it. */
    private static final int MOST_OF_INDENT = 12;

    /** Added to the number of spaces behind a line's end. */
    private static final int LINE = 100;

    private static final int LONGEST_EARLY_ALIAS = 3;
    private static final int MOST_DIGITS = 14;

    /** Bytes of a text in double quotes. */
    private static final int LONGEST_TEXT = 200;

    private final Parse parse;
    private final Lexeme lexeme;
    /** What the token is so far: its bytes, or the text inside its quotes. */
    private final String text;

    private final int spaces;
    private final List<Cursor> cursors;
    private @Nullable Parse completed;
    private boolean completing;
    private byte @Nullable [] ending;

    /** How the token begins that is being written. */
    enum Lexeme {
        NONE,
        WORD,
        /** A name whose spelling the query chooses, after it has left all known spellings. */
        FREE_WORD,
        DOUBLE_QUOTES,
        BACKTICKS,
        BRACKETS,
        /** Behind a quote that ends the name, if no other follows. */
        AFTER_QUOTES,
        STRING,
        AFTER_STRING,
        /** A text of one character: its quote, the character, and the quote behind it. */
        CHARACTER,
        NUMBER,
        SYMBOL
    }

    private QueryRecognizer(Parse parse, Lexeme lexeme, String text, int spaces, List<Cursor> cursors) {
        this.parse = parse;
        this.lexeme = lexeme;
        this.text = text;
        this.spaces = spaces;
        this.cursors = cursors;
    }

    /** What the texts over one database have in common; it may be used by several threads. */
    public static final class Database {
        private final SchemaNames names;

        /** Takes some milliseconds for each hundred tables. */
        public Database(Schema schema) {
            this(schema, name -> true);
        }

        /**
         * Of a schema some of whose names can't be written.
         *
         * @param writable whether a table's or column's name can be; others aren't waited for
         */
        public Database(Schema schema, Predicate<String> writable) {
            this.names = new SchemaNames(schema, writable);
        }

        private Database() {
            this.names = SchemaNames.ofAny();
        }

        /** One that isn't known: whatever follows the grammar is accepted, with any names and as many columns as may be. */
        public static Database ofAnyNames() {
            return new Database();
        }

        /** The spellings of all names of tables and columns, in UTF-8. */
        public List<byte[]> spellings() {
            List<byte[]> all = new ArrayList<>(names.tableTries().inQuotes().spellings());
            all.addAll(names.columnTries().inQuotes().spellings());
            return all;
        }

        /** Before the first byte. */
        public QueryRecognizer begin() {
            return between(StatementFrame.begin(names), 0);
        }
    }

    Parse parse() {
        return parse;
    }

    Lexeme lexeme() {
        return lexeme;
    }

    String text() {
        return text;
    }

    List<Cursor> cursors() {
        return cursors;
    }

    private static QueryRecognizer between(Parse parse, int spaces) {
        return new QueryRecognizer(parse, Lexeme.NONE, "", spaces, List.of());
    }

    /** The place behind one more byte; null if no query goes on so. */
    public @Nullable QueryRecognizer next(byte next) {
        return switch (lexeme) {
            case NONE -> begin(next);
            case WORD, FREE_WORD -> isWordPart(next) ? longerWord(next) : after(next);
            case DOUBLE_QUOTES, BACKTICKS, BRACKETS -> inQuotes(next);
            case AFTER_QUOTES -> afterQuotes(next);
            case STRING -> inString(next);
            case AFTER_STRING -> next == '\'' ? to(Lexeme.STRING, "") : after(next);
            case CHARACTER -> character(next);
            case NUMBER -> number(next);
            case SYMBOL -> symbol(next);
        };
    }

    /** The place behind some bytes; null if no query goes on so. */
    public @Nullable QueryRecognizer next(byte[] bytes) {
        QueryRecognizer at = this;
        for (byte each : bytes) {
            at = at.next(each);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** Whether the text may end here. */
    public boolean mayEnd() {
        Parse whole = lexeme == Lexeme.NONE ? parse : completed();
        return whole != null && whole.expectation().mayEnd();
    }

    private QueryRecognizer to(Lexeme other, String longer) {
        return new QueryRecognizer(parse, other, longer, 0, cursors);
    }

    private @Nullable QueryRecognizer begin(byte next) {
        if (next == ' ' || next == '\n' || next == '\t' || next == '\r') {
            return space(next);
        }
        if (isWordPart(next) && !isDigit(next) && next != '$') {
            return beginWord(next);
        }
        if (isDigit(next)) {
            return beginNumber(next);
        }
        return switch (next) {
            case '"' -> beginQuotes(Lexeme.DOUBLE_QUOTES);
            case '`' -> beginQuotes(Lexeme.BACKTICKS);
            case '[' -> beginQuotes(Lexeme.BRACKETS);
            case '\'' -> beginString();
            default -> beginSymbol((char) next);
        };
    }

    private @Nullable QueryRecognizer beginString() {
        if (parse.expectation().takesCharacter()) {
            return to(Lexeme.CHARACTER, "'");
        }
        return parse.expectation().takesString() ? to(Lexeme.STRING, "") : null;
    }

    /** One of ASCII; where it ends, a quote can't be doubled. */
    private @Nullable QueryRecognizer character(byte next) {
        if (text.length() == 3) {
            return next == '\'' ? null : after(next);
        }
        boolean quote = text.length() == 2;
        boolean printable = next >= ' ' && next != 127;
        return printable && (next == '\'') == quote ? to(Lexeme.CHARACTER, text + letter(next)) : null;
    }

    private @Nullable QueryRecognizer space(byte next) {
        boolean line = spaces >= LINE;
        if (next == '\n') {
            return line ? null : between(parse, LINE);
        }
        return spaces < (line ? LINE + MOST_OF_INDENT : MOST_SPACES) ? between(parse, spaces + 1) : null;
    }

    private @Nullable QueryRecognizer beginWord(byte next) {
        List<Cursor> begun = new ArrayList<>();
        for (Expectation.Choice choice : parse.expectation().choices()) {
            Cursor cursor = Cursor.begin(choice, false);
            Cursor child = cursor == null ? null : cursor.next(next);
            if (child != null) {
                begun.add(child);
            }
        }
        return word(Lexeme.WORD, letter(next), begun);
    }

    private @Nullable QueryRecognizer longerWord(byte next) {
        return word(lexeme, text + letter(next), advanced(next));
    }

    /** The known spellings that go on with a byte, behind it. */
    private List<Cursor> advanced(byte next) {
        List<Cursor> longer = new ArrayList<>(cursors.size());
        for (Cursor cursor : cursors) {
            Cursor child = cursor.next(next);
            if (child != null) {
                longer.add(child);
            }
        }
        return longer;
    }

    private @Nullable QueryRecognizer word(Lexeme before, String soFar, List<Cursor> longer) {
        if (longer.isEmpty() && !leadsToFreeName(soFar) && !leadsToEarlyAlias(soFar)) {
            return null;
        }
        return new QueryRecognizer(parse, longer.isEmpty() ? Lexeme.FREE_WORD : before, soFar, 0, longer);
    }

    /** Whether a name of the query's own can begin so. Of many names only a few are taken, so only the last bytes matter. */
    private boolean leadsToFreeName(String soFar) {
        int room = parse.expectation().longestFreeName() - soFar.length();
        return room >= 0 && isAscii(soFar) && (room > 1 || endsAsName(soFar, room));
    }

    /** Other characters would have to be kept whole. */
    private static boolean isAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Whether the word is a name that can stand here, or becomes one with so many more digits. */
    private boolean endsAsName(String word, int digits) {
        boolean name = NameTries.readsBare(word) && parse.after(Terminal.name(NameTries.fold(word))) != null;
        for (char digit = '0'; !name && digits > 0 && digit <= '9'; digit++) {
            name = endsAsName(word + digit, digits - 1);
        }
        return name;
    }

    private boolean leadsToEarlyAlias(String soFar) {
        return parse.expectation().takesEarlyAlias()
                && isEarlyAlias(soFar)
                && endsAsName(soFar, LONGEST_EARLY_ALIAS - soFar.length());
    }

    private static boolean isEarlyAlias(String word) {
        char first = word.charAt(0);
        boolean letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
        return letter && word.length() <= LONGEST_EARLY_ALIAS && hasDigitsFrom(word, 1);
    }

    /** Whether there are digits alone from a place on. Asked for each byte of each token, so it is no stream. */
    private static boolean hasDigitsFrom(String word, int first) {
        for (int i = first; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private @Nullable QueryRecognizer beginQuotes(Lexeme quotes) {
        Expectation expected = parse.expectation();
        List<Cursor> begun = new ArrayList<>();
        for (Expectation.Choice choice : expected.choices()) {
            Cursor cursor = quotes == Lexeme.BRACKETS ? Cursor.beginInBrackets(choice) : Cursor.begin(choice, true);
            if (cursor != null) {
                begun.add(cursor);
            }
        }
        boolean free = isFreeInQuotes(quotes);
        return begun.isEmpty() && !free ? null : new QueryRecognizer(parse, quotes, "", 0, begun);
    }

    private boolean isFreeInQuotes(Lexeme quotes) {
        Expectation expected = parse.expectation();
        return expected.takesFreeName() || (expected.takesTextInDoubleQuotes() && quotes == Lexeme.DOUBLE_QUOTES);
    }

    static byte quote(Lexeme quotes) {
        return (byte)
                switch (quotes) {
                    case BACKTICKS -> '`';
                    case BRACKETS -> ']';
                    default -> '"';
                };
    }

    private @Nullable QueryRecognizer inQuotes(byte next) {
        if (next == quote(lexeme)) {
            QueryRecognizer closed = new QueryRecognizer(parse, Lexeme.AFTER_QUOTES, letter(next) + text, 0, cursors);
            boolean doubled = next != ']' && closed.afterQuotes(next) != null;
            return closed.completed() != null || doubled ? closed : null;
        }
        return longerInQuotes(lexeme, next);
    }

    private @Nullable QueryRecognizer longerInQuotes(Lexeme quotes, byte next) {
        List<Cursor> longer = advanced(next);
        boolean printable = next < 0 || next >= ' ' || next == '\t';
        boolean free = isFreeInQuotes(quotes) && printable && leadsToQuotedName(text + letter(next));
        return longer.isEmpty() && !free ? null : new QueryRecognizer(parse, quotes, text + letter(next), 0, longer);
    }

    /** Whether a name of the query's own in quotes can begin so, or a text in double quotes. */
    private boolean leadsToQuotedName(String soFar) {
        if (!parse.expectation().takesFreeName()) {
            return soFar.length() < LONGEST_TEXT || (soFar.length() == LONGEST_TEXT && isText(soFar));
        }
        int room = parse.expectation().longestFreeName() - soFar.length();
        return room >= 0 && (room > 1 || endsQuoted(soFar, room));
    }

    private boolean isText(String inDoubleQuotes) {
        return parse.rules().isTextInDoubleQuotes(parse.scope(), ofBytes(inDoubleQuotes));
    }

    private boolean endsQuoted(String inside, int digits) {
        boolean name = quotedName(inside) != null;
        for (char digit = '0'; !name && digits > 0 && digit <= '9'; digit++) {
            name = quotedName(inside + digit) != null;
        }
        return name;
    }

    private @Nullable Parse quotedName(String inside) {
        String content = ofBytes(inside);
        String folded = NameTries.fold(content);
        // TRUE would mean the name then.
        boolean constant = folded.equals("true") || folded.equals("false");
        return content.isBlank() || constant ? null : parse.after(Terminal.quoted(folded));
    }

    /** Bytes are kept as they come, one to a char. */
    private static String ofBytes(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The text has the quote in front. */
    private @Nullable QueryRecognizer afterQuotes(byte next) {
        boolean doubled = next == (byte) text.charAt(0) && next != ']';
        if (!doubled) {
            return after(next);
        }
        Lexeme quotes = next == '`' ? Lexeme.BACKTICKS : Lexeme.DOUBLE_QUOTES;
        return new QueryRecognizer(parse, quotes, text.substring(1), 0, cursors).longerInQuotes(quotes, next);
    }

    private @Nullable QueryRecognizer inString(byte next) {
        if (next == '\'') {
            return to(Lexeme.AFTER_STRING, "");
        }
        return next < 0 || next >= ' ' || next == '\t' ? this : null;
    }

    private @Nullable QueryRecognizer beginNumber(byte next) {
        Expectation expected = parse.expectation();
        String digit = letter(next);
        return expected.takesNumber() || isInteger(digit)
                ? new QueryRecognizer(parse, Lexeme.NUMBER, digit, 0, List.of())
                : null;
    }

    private boolean isInteger(String digits) {
        int largest = parse.expectation().largestInteger();
        return largest > 0
                && digits.length() <= 9
                && digits.charAt(0) != '0'
                && hasDigitsFrom(digits, 0)
                && Integer.parseInt(digits) <= largest;
    }

    private @Nullable QueryRecognizer number(byte next) {
        String longer = text + letter(next);
        boolean digit = isDigit(next);
        if (digit && isInteger(longer)) {
            return to(Lexeme.NUMBER, longer);
        }
        boolean point = next == '.' && text.indexOf('.') < 0 && longer.length() < MOST_DIGITS;
        if (parse.expectation().takesNumber() && (digit || point)) {
            return longer.length() <= MOST_DIGITS ? to(Lexeme.NUMBER, longer) : null;
        }
        return isWordPart(next) || next == '.' ? null : after(next);
    }

    private @Nullable QueryRecognizer beginSymbol(char first) {
        String symbol = String.valueOf(first);
        return isSymbolPrefix(symbol) ? new QueryRecognizer(parse, Lexeme.SYMBOL, symbol, 0, List.of()) : null;
    }

    private boolean isSymbolPrefix(String prefix) {
        for (String symbol : parse.expectation().symbols()) {
            if (symbol.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable QueryRecognizer symbol(byte next) {
        String longer = text + letter(next);
        if (isSymbolPrefix(longer)) {
            return to(Lexeme.SYMBOL, longer);
        }
        boolean comment = longer.equals("--") || longer.equals("/*") || longer.equals("->");
        return comment ? null : after(next);
    }

    /** The token is whole, and another byte follows it. */
    private @Nullable QueryRecognizer after(byte next) {
        Parse whole = completed();
        return whole == null ? null : between(whole, 0).next(next);
    }

    /** What follows if the token ends here; null if it can't. */
    @Nullable
    Parse completed() {
        if (!completing) {
            completing = true;
            completed = complete();
        }
        return completed;
    }

    private @Nullable Parse complete() {
        return switch (lexeme) {
            case NONE, DOUBLE_QUOTES, BACKTICKS, BRACKETS, STRING -> null;
            case WORD, FREE_WORD -> ofWord();
            case AFTER_QUOTES -> ofQuotes();
            case AFTER_STRING -> parse.after(Terminal.STRING);
            case CHARACTER -> text.length() == 3 ? parse.after(Terminal.STRING) : null;
            case NUMBER -> {
                if (isInteger(text)) {
                    yield parse.after(Terminal.INTEGER);
                }
                boolean whole = parse.expectation().takesNumber() && !text.endsWith(".");
                yield whole ? parse.after(Terminal.NUMBER) : null;
            }
            case SYMBOL -> parse.expectation().symbols().contains(text) ? parse.after(Terminal.symbol(text)) : null;
        };
    }

    private @Nullable Parse ofWord() {
        Parse found = ofCursors();
        if (found != null) {
            return found;
        }
        Expectation expected = parse.expectation();
        boolean free = (expected.takesFreeName() && NameTries.readsBare(text))
                || (expected.takesEarlyAlias() && isEarlyAlias(text));
        return free ? parse.after(Terminal.name(NameTries.fold(text))) : null;
    }

    /** Keywords go before names. */
    private @Nullable Parse ofCursors() {
        for (boolean keyword : new boolean[] {true, false}) {
            for (Cursor cursor : cursors) {
                if (cursor.choice().keyword() == keyword && cursor.isWhole()) {
                    Parse found = parse.after(cursor.terminal());
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Parse ofQuotes() {
        Parse found = ofCursors();
        if (found != null) {
            return found;
        }
        Expectation expected = parse.expectation();
        if (expected.takesFreeName()) {
            return quotedName(text.substring(1));
        }
        boolean takesText = expected.takesTextInDoubleQuotes() && text.charAt(0) == '"';
        return takesText && isText(text.substring(1)) ? parse.after(Terminal.STRING) : null;
    }

    /** A short text that ends the query from here, in UTF-8; empty if it may end here. Not to be changed. */
    public byte[] ending() {
        byte[] found = ending;
        if (found == null) {
            found = new ShortestEnding(this).find();
            ending = found;
        }
        return found;
    }

    static String letter(byte value) {
        return String.valueOf((char) (value & 0xff));
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static boolean isWordPart(byte value) {
        return value < 0
                || isDigit(value)
                || (value >= 'a' && value <= 'z')
                || (value >= 'A' && value <= 'Z')
                || value == '_'
                || value == '$';
    }

    /** Whether any printable character but the quote may follow here: inside a string. */
    public boolean isInString() {
        return lexeme == Lexeme.STRING;
    }

    /** Whether a name that the query gives itself, or a text in double quotes, may begin or go on here. */
    public boolean mayBeAnyName() {
        return switch (lexeme) {
            case NONE, WORD, FREE_WORD -> parse.expectation().takesFreeName();
            case DOUBLE_QUOTES, BACKTICKS, BRACKETS -> isFreeInQuotes(lexeme);
            default -> false;
        };
    }

    /** An equal place, good as a key that is kept for long: it holds nothing that was found out on the way. */
    public QueryRecognizer asKey() {
        return new QueryRecognizer(parse.forgetful(), lexeme, text, spaces, List.of());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof QueryRecognizer place
                        && lexeme == place.lexeme
                        && spaces == place.spaces
                        && text.equals(place.text)
                        && parse.equals(place.parse));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {lexeme.ordinal(), spaces, text.hashCode(), parse.hashCode()});
    }

    @Override
    public String toString() {
        return lexeme + " '" + text + "' at " + parse;
    }
}
