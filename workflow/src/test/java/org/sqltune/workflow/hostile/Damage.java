package org.sqltune.workflow.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages a file's content; the same seed does the same. */
final class Damage {
    /** Texts, numbers, words and marks of JSON. */
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]++|\\\\(?s:.))*+\"|[-+.\\w]+|[\\[\\]{},:]");

    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "2",
            "7",
            "64",
            "-1",
            "-0.0",
            "1.5",
            "1e308",
            "1e400",
            "65536",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "99999999999999999999999999",
            "null",
            "true",
            "false",
            "NaN",
            "Infinity",
            "\"\"",
            "\"8\"",
            "[]",
            "{}",
            "[[]]",
            "[0,8]",
            "{\"a\":1}",
            "\"BF16\"",
            "\"I64\"",
            "\"F64\"",
            "\"F8_E4M3\"",
            "\"F99\"",
            "\"q_proj\"",
            "\"all-linear\"",
            "\"(a+)+$\"",
            "\"\\ud800\"",
            "\"a\\nb\"",
            "\"../../x\"",
            "",
            ",",
            "]",
            "}",
            "\"",
            "[".repeat(3000),
            "{\"a\":".repeat(3000),
            "\"" + "x".repeat(100_000) + "\"",
            "[" + "1,".repeat(3000) + "1]");

    private static final float[] NUMBERS = {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE, Float.MIN_VALUE, 1e30f
    };

    private final Random random;

    private Damage(long seed) {
        this.random = new Random(seed);
    }

    /** The content after one to three changes. */
    static byte[] apply(DamagedFile.Form form, byte[] content, long seed) {
        Damage damage = new Damage(seed * 0x9E3779B97F4A7C15L);
        byte[] changed = content;
        int changes = 1 + damage.random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            changed = damage.once(form, changed);
        }
        return changed;
    }

    private byte[] once(DamagedFile.Form form, byte[] content) {
        boolean coarse = random.nextInt(4) == 0;
        return switch (coarse ? DamagedFile.Form.BYTES : form) {
            case BYTES -> bytes(content);
            case JSON -> json(content);
            case TOKENIZER -> random.nextBoolean() ? json(content) : HostileTokenizers.apply(content, random);
            case SAFETENSORS -> safetensors(content);
        };
    }

    private byte[] bytes(byte[] content) {
        int at = random.nextInt(content.length + 1);
        int length = random.nextInt(1 + Math.min(64, content.length - at));
        switch (random.nextInt(8)) {
            case 0 -> {
                return Arrays.copyOf(content, at);
            }
            case 1 -> {
                return random.nextInt(3) == 0 ? new byte[0] : Arrays.copyOf(content, content.length + 1 + length);
            }
            case 2 -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                return spliced(content, at, at, noise);
            }
            case 3 -> {
                return spliced(content, at, at + length, new byte[0]);
            }
            case 4 -> {
                return spliced(content, at, at + length, new byte[length]);
            }
            case 5 -> {
                return spliced(content, at, at, Arrays.copyOfRange(content, at, at + length));
            }
            default -> {
                byte[] changed = content.clone();
                for (int i = 0; changed.length > 0 && i < 1 + random.nextInt(8); i++) {
                    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return changed;
            }
        }
    }

    private static byte[] spliced(byte[] content, int from, int to, byte... middle) {
        return ByteBuffer.allocate(content.length - (to - from) + middle.length)
                .put(content, 0, from)
                .put(middle)
                .put(content, to, content.length - to)
                .array();
    }

    private byte[] json(byte[] content) {
        return json(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private String json(String text) {
        List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
        if (tokens.isEmpty()) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        // The beginning of a tokenizer decides more than its thousands of pieces.
        int most = random.nextBoolean() ? Math.min(300, tokens.size()) : tokens.size();
        int first = random.nextInt(most);
        int last = Math.min(tokens.size() - 1, first + random.nextInt(20));
        MatchResult token = tokens.get(first);
        String part = text.substring(token.start(), tokens.get(last).end());
        return switch (random.nextInt(6)) {
            case 0 ->
                text.substring(0, token.start())
                        + text.substring(tokens.get(last).end());
            case 1 ->
                text.substring(0, tokens.get(last).end())
                        + part
                        + text.substring(tokens.get(last).end());
            case 2 -> replaced(text, token, tokens.get(random.nextInt(most)).group());
            default -> replaced(text, token, VALUES.get(random.nextInt(VALUES.size())));
        };
    }

    private static String replaced(String text, MatchResult token, String by) {
        return text.substring(0, token.start()) + by + text.substring(token.end());
    }

    private byte[] safetensors(byte[] content) {
        long claimed = content.length < 8
                ? -1
                : ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (claimed < 0 || claimed > content.length - 8) {
            return bytes(content);
        }
        int length = (int) claimed;
        byte[] data = Arrays.copyOfRange(content, 8 + length, content.length);
        byte[] header = Arrays.copyOfRange(content, 8, 8 + length);
        if (random.nextInt(3) == 0 && data.length >= 4) {
            ByteBuffer numbers = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 1 + random.nextInt(1000); i++) {
                numbers.putFloat(4 * random.nextInt(data.length / 4), NUMBERS[random.nextInt(NUMBERS.length)]);
            }
        } else {
            header = json(header);
        }
        return ByteBuffer.allocate(8 + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(random.nextInt(10) == 0 ? random.nextLong() : header.length)
                .put(header)
                .put(data)
                .array();
    }
}
