package org.sqltune.data.chat.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqltune.data.chat.jinja.Token.Kind;
import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.PythonText;

/**
 * Tokenises a template with {@code trim_blocks} and {@code lstrip_blocks}, like transformers: the line break after a
 * block and the white space between the start of a line and a block aren't text.
 */
final class Lexer {
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%}|-%}\\s*|%}\\n?)");
    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%[-+]?\\s*raw\\s*(?:-%}\\s*|%})");
    private static final Pattern COMMENT_END = Pattern.compile("(?:\\+#}|-#}\\s*|#}\\n?)");
    private static final Pattern BLOCK_END = Pattern.compile("(?:\\+%}|-%}\\s*|%}\\n?)");
    private static final Pattern PRINT_END = Pattern.compile("(?:-}}\\s*|}})");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern NUMBER =
            Pattern.compile("\\d[\\d_]*(\\.\\d[\\d_]*)?([eE][+-]?\\d[\\d_]*)?|\\d[\\d_]*");
    private static final Pattern STRING =
            Pattern.compile("'((?:[^'\\\\]|\\\\.)*+)'|\"((?:[^\"\\\\]|\\\\.)*+)\"", Pattern.DOTALL);
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private boolean startsLine = true;

    private Lexer(String source) {
        this.source = source;
    }

    /** @throws JinjaException if a tag or a string isn't closed, or a character is invalid */
    static List<Token> tokens(String template) {
        String text = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        lexer.read();
        return lexer.tokens;
    }

    private void read() {
        while (position < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                data(source.substring(position));
                position = source.length();
            } else {
                readTag(tag);
            }
        }
        tokens.add(new Token(Kind.END, "", line));
    }

    private int nextTag() {
        int at = source.indexOf('{', position);
        while (at >= 0 && at + 1 < source.length() && "{%#".indexOf(source.charAt(at + 1)) < 0) {
            at = source.indexOf('{', at + 1);
        }
        return at >= 0 && at + 1 < source.length() ? at : -1;
    }

    private void readTag(int tag) {
        char kind = source.charAt(tag + 1);
        char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
        data(before(source.substring(position, tag), sign, kind != '{'));
        Matcher raw = RAW_BEGIN.matcher(source).region(tag, source.length());
        if (kind == '%' && raw.lookingAt()) {
            moveTo(raw.end());
            readRaw();
            return;
        }
        moveTo(tag + (sign == '-' || sign == '+' ? 3 : 2));
        if (kind == '#') {
            find(COMMENT_END, "a comment has no end");
        } else if (kind == '%') {
            tokens.add(new Token(Kind.BLOCK_BEGIN, "{%", line));
            readCode(BLOCK_END, Kind.BLOCK_END);
        } else {
            tokens.add(new Token(Kind.PRINT_BEGIN, "{{", line));
            readCode(PRINT_END, Kind.PRINT_END);
        }
    }

    /** Returns the text before a tag, without stripped white space. */
    private String before(String text, char sign, boolean strips) {
        if (sign == '-') {
            return PythonText.strip(text, null, false, true);
        }
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean atLineStart = lineStart > 0 || startsLine;
        return strips && sign != '+' && atLineStart && text.substring(lineStart).isBlank()
                ? text.substring(0, lineStart)
                : text;
    }

    private void readRaw() {
        Matcher end = RAW_END.matcher(source);
        if (!end.find(position)) {
            throw new JinjaException("line " + line + ": raw has no endraw");
        }
        String sign = end.group(1);
        data(before(source.substring(position, end.start()), sign.isEmpty() ? ' ' : sign.charAt(0), true));
        moveTo(end.end());
    }

    private void find(Pattern pattern, String fault) {
        Matcher end = pattern.matcher(source);
        if (!end.find(position)) {
            throw new JinjaException("line " + line + ": " + fault);
        }
        moveTo(end.end());
    }

    private void readCode(Pattern end, Kind kind) {
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            Matcher closing = end.matcher(source).region(position, source.length());
            if (open.isEmpty() && closing.lookingAt()) {
                tokens.add(new Token(kind, closing.group().strip(), line));
                moveTo(closing.end());
                return;
            }
            if (position >= source.length()) {
                throw new JinjaException("line " + line + ": a tag has no end");
            }
            if (PythonText.isSpace(source.charAt(position))) {
                moveTo(position + 1);
            } else {
                readToken(open);
            }
        }
    }

    private void readToken(Deque<Character> open) {
        Matcher string = STRING.matcher(source).region(position, source.length());
        if (string.lookingAt()) {
            String content = string.group(1) != null ? string.group(1) : string.group(2);
            add(Kind.STRING, StringLiteral.value(content), string.end());
            return;
        }
        Matcher number = NUMBER.matcher(source).region(position, source.length());
        if (number.lookingAt()) {
            boolean whole = number.group(1) == null && number.group(2) == null;
            add(whole ? Kind.INTEGER : Kind.FLOAT, number.group().replace("_", ""), number.end());
            return;
        }
        Matcher name = NAME.matcher(source).region(position, source.length());
        if (name.lookingAt()) {
            add(Kind.NAME, name.group(), name.end());
            return;
        }
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, position)) {
                balance(operator.charAt(0), open);
                add(Kind.OPERATOR, operator, position + operator.length());
                return;
            }
        }
        throw new JinjaException(
                "line " + line + ": unexpected character '" + Character.toString(source.codePointAt(position)) + "'");
    }

    private void balance(char c, Deque<Character> open) {
        if (c == '(' || c == '[' || c == '{') {
            open.push(c);
        } else if (c == ')' || c == ']' || c == '}') {
            if (open.isEmpty() || "([{".indexOf(open.pop()) != ")]}".indexOf(c)) {
                throw new JinjaException("line " + line + ": unexpected '" + c + "'");
            }
        }
    }

    private void add(Kind kind, String text, int end) {
        tokens.add(new Token(kind, text, line));
        moveTo(end);
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            tokens.add(new Token(Kind.DATA, text, line));
        }
    }

    private void moveTo(int end) {
        line += (int)
                source.substring(position, end).chars().filter(c -> c == '\n').count();
        startsLine = end > 0 && source.charAt(end - 1) == '\n';
        position = end;
    }
}
