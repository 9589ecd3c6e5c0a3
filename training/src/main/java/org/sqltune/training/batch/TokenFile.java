package org.sqltune.training.batch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.PromptCompletion;

/**
 * Reads and writes a tokenised data set. The format is big-endian: a magic number, the truncation counts and the number
 * of examples, 8 bytes each; then for each example its row index in the data, the lengths of prompt and completion, how
 * often learned and other tokens alternate in the completion, the index of each such change, and the token ids, 4 bytes
 * each; at the end the SHA-256 of all preceding bytes.
 */
final class TokenFile {
    /** Magic number: "SQTK" and the format version. */
    private static final long MAGIC = 0x5351544b_00000002L;

    private TokenFile() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static void write(OutputStream target, ExampleTokenizer.Result result, List<PromptCompletion> data)
            throws IOException {
        DigestOutputStream hashed = new DigestOutputStream(new BufferedOutputStream(target, 1 << 16), sha256());
        DataOutputStream out = new DataOutputStream(hashed);
        out.writeLong(MAGIC);
        Truncation cut = result.truncation();
        for (long number : new long[] {
            cut.examples(),
            cut.maxLength(),
            cut.shortened(),
            cut.lostTokens(),
            cut.mostLost(),
            cut.dropped(),
            cut.longest(),
            result.examples().size()
        }) {
            out.writeLong(number);
        }
        int row = 0;
        for (TokenizedExample example : result.examples()) {
            // Examples keep the order of their rows; dropped rows have no example.
            while (!data.get(row).id().equals(example.id())) {
                row++;
            }
            out.write(bytes(row, example));
            row++;
        }
        hashed.on(false);
        out.write(hashed.getMessageDigest().digest());
        out.flush();
    }

    private static byte[] bytes(int row, TokenizedExample example) {
        int[] changes = IntStream.range(1, example.completion().length)
                .filter(i -> example.isLearned(i) != example.isLearned(i - 1))
                .toArray();
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * (4 + changes.length + example.length()));
        buffer.putInt(row).putInt(example.prompt().length).putInt(example.completion().length);
        buffer.putInt(changes.length);
        Arrays.stream(changes).forEach(buffer::putInt);
        Arrays.stream(example.prompt()).forEach(id -> buffer.putInt((int) id));
        Arrays.stream(example.completion()).forEach(id -> buffer.putInt((int) id));
        return buffer.array();
    }

    /**
     * Reads a file.
     *
     * @param data the rows that the file was made from, in the same order; they supply the examples' ids
     * @throws IOException if the file is damaged or has another format; the message gives the reason
     */
    static ExampleTokenizer.Result read(Path file, List<PromptCompletion> data) throws IOException {
        MessageDigest digest = sha256();
        try (DigestInputStream hashed =
                        new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), digest);
                DataInputStream in = new DataInputStream(hashed)) {
            require(in.readLong() == MAGIC, "unknown format");
            Truncation cut =
                    new Truncation(whole(in), whole(in), whole(in), in.readLong(), whole(in), whole(in), whole(in));
            int count = whole(in);
            require(count <= data.size() && cut.examples() == data.size(), "it holds another number of rows");
            List<TokenizedExample> examples = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                examples.add(example(in, data));
            }
            byte[] computed = digest.digest();
            hashed.on(false);
            require(
                    Arrays.equals(in.readNBytes(computed.length), computed) && in.read() < 0,
                    "its checksum doesn't match");
            return new ExampleTokenizer.Result(examples, cut);
        } catch (EOFException e) {
            throw new IOException("it ends too early", e);
        }
    }

    private static int whole(DataInputStream in) throws IOException {
        long number = in.readLong();
        require(number >= 0 && number <= Integer.MAX_VALUE, "a count is out of range");
        return (int) number;
    }

    private static TokenizedExample example(DataInputStream in, List<PromptCompletion> data) throws IOException {
        int row = in.readInt();
        require(row >= 0 && row < data.size(), "a row index is out of range");
        int promptLength = in.readInt();
        int completionLength = in.readInt();
        BitSet learned = learned(in, completionLength);
        return new TokenizedExample(data.get(row).id(), ids(in, promptLength), ids(in, completionLength), learned);
    }

    /** The first token is always learned; null if all are. */
    private static @Nullable BitSet learned(DataInputStream in, int length) throws IOException {
        int changes = in.readInt();
        require(changes >= 0 && changes <= Math.max(0, length - 1), "a count is out of range");
        if (changes == 0) {
            return null;
        }
        BitSet learned = new BitSet(length);
        learned.set(0, length);
        for (int i = 0; i < changes; i++) {
            int index = in.readInt();
            require(index > 0 && index < length, "an index is out of range");
            learned.flip(index, length);
        }
        return learned;
    }

    private static long[] ids(DataInputStream in, int length) throws IOException {
        require(length >= 0 && length < 1 << 24, "a length is out of range");
        byte[] bytes = in.readNBytes(Integer.BYTES * length);
        require(bytes.length == Integer.BYTES * length, "it ends too early");
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long[] ids = new long[length];
        for (int i = 0; i < length; i++) {
            ids[i] = buffer.getInt();
        }
        return ids;
    }

    private static void require(boolean condition, String fault) throws IOException {
        if (!condition) {
            throw new IOException(fault);
        }
    }
}
