package org.sqltune.workflow.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Tokenizers that are JSON, and made to overwhelm or to contradict themselves. */
final class HostileTokenizers {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> PATTERNS = List.of(
            "(a+)+$",
            "(a|aa)*b",
            "(?:(?:(?:a{1000}){1000}){1000}){1000}",
            "((((((((((.*)*)*)*)*)*)*)*)*)*)*x",
            "(".repeat(20_000) + ")".repeat(20_000),
            "a|".repeat(200_000),
            "[" + "\\\\p{L}".repeat(50_000) + "]",
            "(?<=a*)b",
            "(?<n>\\g<n>a)",
            "\\k<missing>",
            "(",
            "\\",
            "");

    private HostileTokenizers() {}

    /** A tokenizer with one such part; the content as it is where it is no JSON object. */
    static byte[] apply(byte[] content, Random random) {
        try {
            JsonNode node = JSON.readTree(content);
            if (node instanceof ObjectNode tokenizer) {
                change(tokenizer, random);
                return JSON.writeValueAsBytes(tokenizer);
            }
            return content;
        } catch (IOException e) {
            return content;
        }
    }

    private static void change(ObjectNode tokenizer, Random random) {
        switch (random.nextInt(9)) {
            case 0, 1 -> tokenizer.set("normalizer", normalizer(random));
            case 2 -> tokenizer.set("pre_tokenizer", split(random));
            case 3 -> tokenizer.set("decoder", replace(random).put("content", "x".repeat(random.nextInt(1_000_000))));
            case 4 -> tokenizer.set("normalizer", nested("normalizers", normalizer(random), random));
            case 5 -> tokenizer.set("model", model(random));
            case 6 -> addedTokens((ArrayNode) tokenizer.withArray("/added_tokens"), random);
            case 7 -> limits(tokenizer, random);
            default -> merges(tokenizer, random);
        }
    }

    private static ObjectNode normalizer(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> object("Precompiled").put("precompiled_charsmap", charsMap(random));
            case 1 -> object("Prepend").put("prepend", "▁".repeat(random.nextInt(2_000_000)));
            case 2 -> replace(random).put("content", "▁".repeat(random.nextInt(1_000_000)));
            default ->
                object("BertNormalizer")
                        .put("clean_text", true)
                        .put("handle_chinese_chars", true)
                        .put("lowercase", true);
        };
    }

    /** Lengths that lie, arrays that lead out of themselves, random ones. */
    private static String charsMap(Random random) {
        byte[] map = new byte[random.nextInt(4000)];
        random.nextBytes(map);
        if (map.length > 8 && random.nextBoolean()) {
            int trie = random.nextBoolean() ? map.length - 8 & ~3 : Integer.MAX_VALUE;
            for (int i = 0; i < 4; i++) {
                map[i] = (byte) (trie >>> (8 * i));
            }
        }
        return random.nextInt(5) == 0 ? "no base 64!" : Base64.getEncoder().encodeToString(map);
    }

    private static ObjectNode replace(Random random) {
        ObjectNode replace = object("Replace");
        replace.putObject("pattern").put("Regex", pattern(random));
        return replace.put("content", "▁");
    }

    private static ObjectNode split(Random random) {
        ObjectNode split = object("Split");
        split.putObject("pattern").put(random.nextBoolean() ? "Regex" : "String", pattern(random));
        return split.put("behavior", "Isolated").put("invert", random.nextBoolean());
    }

    private static String pattern(Random random) {
        return PATTERNS.get(random.nextInt(PATTERNS.size()));
    }

    private static ObjectNode nested(String list, ObjectNode innermost, Random random) {
        ObjectNode node = innermost;
        int depth = random.nextInt(120);
        for (int i = 0; i < depth; i++) {
            ObjectNode outer = object("Sequence");
            outer.putArray(list).add(node);
            node = outer;
        }
        return node;
    }

    private static ObjectNode model(Random random) {
        ObjectNode model = object(
                List.of("BPE", "Unigram", "WordPiece", "WordLevel", "None").get(random.nextInt(5)));
        if (model.path("type").asText().equals("Unigram")) {
            ArrayNode vocab = model.putArray("vocab");
            for (int i = 0; i < random.nextInt(300); i++) {
                vocab.addArray().add("p" + i).add(random.nextInt(9) == 0 ? -1e300 : -random.nextDouble());
            }
            return model.put("unk_id", random.nextInt(400)).put("byte_fallback", random.nextBoolean());
        }
        ObjectNode vocab = model.putObject("vocab");
        for (int i = 0; i < random.nextInt(300); i++) {
            vocab.put(random.nextInt(20) == 0 ? "" : "p" + i, random.nextInt(512));
        }
        model.putArray("merges");
        return model.put("unk_token", random.nextBoolean() ? "p1" : "missing")
                .put("continuing_subword_prefix", "#".repeat(random.nextInt(100_000)))
                .put("max_input_chars_per_word", random.nextInt());
    }

    private static void addedTokens(ArrayNode tokens, Random random) {
        int count = random.nextInt(3) == 0 ? 20_000 : 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            tokens.addObject()
                    .put("id", random.nextInt(600))
                    .put("content", random.nextInt(5) == 0 ? "" : "t".repeat(1 + random.nextInt(50)))
                    .put("single_word", random.nextBoolean())
                    .put("lstrip", random.nextBoolean())
                    .put("rstrip", random.nextBoolean())
                    .put("normalized", random.nextBoolean())
                    .put("special", random.nextBoolean());
        }
    }

    private static void limits(ObjectNode tokenizer, Random random) {
        tokenizer
                .putObject("truncation")
                .put("direction", "Right")
                .put("max_length", random.nextInt(4))
                .put("strategy", "LongestFirst")
                .put("stride", random.nextInt(5));
        ObjectNode padding = tokenizer.putObject("padding");
        padding.putObject("strategy").put("Fixed", 1L << random.nextInt(50));
        padding.put("direction", "Left")
                .put("pad_to_multiple_of", random.nextInt(3))
                .put("pad_id", random.nextInt())
                .put("pad_type_id", 0)
                .put("pad_token", "x");
    }

    private static void merges(ObjectNode tokenizer, Random random) {
        if (tokenizer.path("model") instanceof ObjectNode model) {
            List<String> names = new ArrayList<>();
            model.path("vocab").fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            ArrayNode merges = model.putArray("merges");
            for (int i = 0; i + 1 < Math.min(names.size(), random.nextInt(400)); i++) {
                merges.add(names.get(i) + " " + names.get(i + 1));
            }
            model.put("dropout", random.nextDouble() * 2).put("byte_fallback", random.nextBoolean());
        }
    }

    private static ObjectNode object(String type) {
        return JSON.createObjectNode().put("type", type);
    }
}
