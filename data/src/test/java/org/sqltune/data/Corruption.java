package org.sqltune.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Ways to damage a file. */
final class Corruption {
    private static final int CUTS = 12;
    private static final int FLIPS = 60;
    private static final int SHUFFLES = 12;

    private Corruption() {}

    /** Damaged versions of a file's bytes, each under what was done to it. */
    static Map<String, byte[]> of(byte[] whole, Random random) {
        Map<String, byte[]> damaged = new LinkedHashMap<>();
        damaged.put("empty", new byte[0]);
        for (int cut = 1; cut <= CUTS; cut++) {
            damaged.put("cut " + cut, Arrays.copyOf(whole, (int) ((long) whole.length * cut / (CUTS + 1))));
        }
        for (int flip = 0; flip < FLIPS; flip++) {
            byte[] bytes = whole.clone();
            for (int bits = random.nextInt(3); bits >= 0; bits--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            damaged.put("flip " + flip, bytes);
        }
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            damaged.put("shuffle " + shuffle, shuffled(whole, random));
        }
        others().forEach((name, bytes) -> damaged.put("other " + name, bytes));
        return damaged;
    }

    /** A piece is missing, or stands twice. */
    private static byte[] shuffled(byte[] whole, Random random) {
        int from = random.nextInt(whole.length);
        int to = from + random.nextInt(whole.length - from);
        int end = random.nextBoolean() ? from : to;
        byte[] bytes = new byte[end + whole.length - (end == from ? to : from)];
        System.arraycopy(whole, 0, bytes, 0, end);
        System.arraycopy(whole, end == from ? to : from, bytes, end, bytes.length - end);
        return bytes;
    }

    /** What isn't of the kind that is wanted at all. */
    private static Map<String, byte[]> others() {
        Map<String, byte[]> others = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>(List.of(
                "null",
                "42",
                "[]",
                "{}",
                "[[]]",
                "[null]",
                "\"text\"",
                "{\"question\": [], \"sql\": {}, \"schema\": 1, \"prompt\": true, \"completion\": {}}",
                "{\"question\": \"q\", \"sql\": null, \"schema\": null}",
                "[{\"db_id\": 3, \"table_names\": \"x\", \"column_names\": [1], \"foreign_keys\": {}}]",
                "a,a\n1,2\n",
                "\"a\n",
                "a\0b,c\n\u0007,\u202e\n",
                "\uFEFF",
                "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
                "<!DOCTYPE html><html><body>404</body></html>",
                "[".repeat(5_000),
                "{\"a\":".repeat(5_000),
                "{\"question\": " + "9".repeat(5_000) + "}",
                "PAR1",
                "PAR1PAR1",
                "PAR1" + "\0".repeat(40) + "\u0010\0\0\0PAR1",
                "SQLite format 3\0" + "\0".repeat(100),
                "PK\u0003\u0004" + "\0".repeat(40)));
        texts.forEach(text -> others.put(
                text.substring(0, Math.min(20, text.length())) + " " + text.length(),
                text.getBytes(StandardCharsets.UTF_8)));
        byte[] noise = new byte[4_000];
        new Random(5).nextBytes(noise);
        others.put("noise", noise);
        others.put("latin", "question,sql\ngr\u00fcn,SELECT 1\n".getBytes(StandardCharsets.ISO_8859_1));
        others.put("utf-16", "{\"question\": \"q\"}\n".getBytes(StandardCharsets.UTF_16));
        others.put("half of utf-16", new byte[] {(byte) 0xFF, (byte) 0xFE, '{'});
        return others;
    }
}
