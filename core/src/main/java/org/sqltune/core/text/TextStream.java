package org.sqltune.core.text;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * UTF-8 text on its way to a reader, changed line by line: a line, or what there is of one when it is flushed. A carriage
 * return at the beginning of such a piece stays, since progress bars begin with one; elsewhere only one that ends a line
 * does. Thread-safe as a {@link PrintStream} over it is.
 */
public final class TextStream extends FilterOutputStream {
    private static final int LONGEST = 1 << 16;

    private final UnaryOperator<String> change;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private TextStream(OutputStream out, UnaryOperator<String> change) {
        super(out);
        this.change = change;
    }

    /** A stream of messages: without {@link Secrets}, and with control characters visible. */
    public static PrintStream ofMessages(OutputStream out) {
        return printing(new TextStream(out, TextStream::message));
    }

    /**
     * A stream of results, which must stay as they are for other programs, byte for byte, but mustn't steer a terminal.
     *
     * @param terminal whether the results go to a terminal; asked when there is something to make visible
     */
    public static PrintStream ofResults(OutputStream out, BooleanSupplier terminal) {
        return printing(new TextStream(out, text -> {
            String visible = PrintableText.lines(text);
            return visible.equals(text) || !terminal.getAsBoolean() ? text : visible;
        }));
    }

    /** A message as it may be read by anybody, on a terminal or in a log. */
    public static String message(String text) {
        return PrintableText.lines(Secrets.masked(text));
    }

    private static PrintStream printing(TextStream stream) {
        // Flushed by lines here: the stream's own flushing would cut lines into pieces.
        return new PrintStream(stream, false, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int character) throws IOException {
        write(new byte[] {(byte) character}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int start = offset;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                pending.write(bytes, start, i + 1 - start);
                emit(pending.size());
                start = i + 1;
            }
        }
        pending.write(bytes, start, end - start);
        boolean bar = length > 0 && bytes[offset] == '\r';
        if (bar || pending.size() > LONGEST) {
            emit(wholeCharacters());
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        emit(wholeCharacters());
        super.flush();
    }

    /** How many of the bytes are whole characters; the rest of one may come later. */
    private int wholeCharacters() {
        byte[] bytes = pending.toByteArray();
        int start = bytes.length - 1;
        while (start >= 0 && start > bytes.length - 4 && (bytes[start] & 0xc0) == 0x80) {
            start--;
        }
        if (start < 0) {
            return bytes.length;
        }
        int first = bytes[start] & 0xff;
        int needed = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
        return start + needed > bytes.length ? start : bytes.length;
    }

    private void emit(int length) throws IOException {
        if (length == 0) {
            return;
        }
        byte[] bytes = pending.toByteArray();
        pending.reset();
        pending.write(bytes, length, bytes.length - length);
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        String begin = text.startsWith("\r") ? "\r" : "";
        String end = text.endsWith("\r\n") ? "\r\n" : "";
        boolean ends = text.length() >= begin.length() + end.length();
        String body = ends ? text.substring(begin.length(), text.length() - end.length()) : "";
        String changed = change.apply(body);
        if (changed.equals(body)) {
            out.write(bytes, 0, length);
        } else {
            out.write((begin + changed + end).getBytes(StandardCharsets.UTF_8));
        }
    }
}
