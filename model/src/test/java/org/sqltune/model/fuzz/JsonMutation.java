package org.sqltune.model.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** One change of a JSON text, mostly such that it stays JSON and says something else. */
public sealed interface JsonMutation {
    /** Texts, numbers, words and marks. */
    /** Possessive, since a group that repeats for each character of a long text overflows the stack. */
    Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|[-+.\\w]+|[\\[\\]{},:]");

    /** What a token is replaced by: the borders of every kind of number, other types, other names, nonsense. */
    List<String> REPLACEMENTS = List.of(
            "0",
            "1",
            "2",
            "3",
            "4",
            "6",
            "7",
            "8",
            "12",
            "-1",
            "-0",
            "1.5",
            "1e2",
            "1e400",
            "255",
            "65536",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "99999999999999999999999999",
            "null",
            "true",
            "false",
            "NaN",
            "\"\"",
            "\"8\"",
            "[]",
            "{}",
            "[[]]",
            "[0]",
            "[0,0]",
            "[0,8]",
            "[1,2,3]",
            "{\"a\":1}",
            "\"F32\"",
            "\"F16\"",
            "\"BF16\"",
            "\"U8\"",
            "\"I64\"",
            "\"BOOL\"",
            "\"F4\"",
            "\"F99\"",
            "\"__metadata__\"",
            "\"dtype\"",
            "\"shape\"",
            "\"data_offsets\"",
            "\"q_proj\"",
            "\"all-linear\"",
            "\"LORA\"",
            "\"\\ud800\"",
            "\"a\\nb\"",
            "\"../..\"",
            "",
            ",",
            ":",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "[".repeat(2000),
            "[" + "1,".repeat(200) + "1]");

    /** The changed text. */
    String apply(String json);

    /** Another token in the place of one. */
    record Replace(int index, String replacement) implements JsonMutation {
        @Override
        public String apply(String json) {
            List<MatchResult> tokens = tokens(json);
            if (tokens.isEmpty()) {
                return replacement;
            }
            MatchResult token = tokens.get(index % tokens.size());
            return json.substring(0, token.start()) + replacement + json.substring(token.end());
        }
    }

    /** One token's text in the place of another. */
    record Copy(int from, int to) implements JsonMutation {
        @Override
        public String apply(String json) {
            List<MatchResult> tokens = tokens(json);
            return tokens.isEmpty() ? json : new Replace(to, group(tokens, from)).apply(json);
        }
    }

    /** Everything from one token to another once more, behind them. */
    record Repeat(int from, int count) implements JsonMutation {
        @Override
        public String apply(String json) {
            List<MatchResult> tokens = tokens(json);
            if (tokens.isEmpty()) {
                return json;
            }
            int first = from % tokens.size();
            int last = Math.min(tokens.size() - 1, first + count);
            String part =
                    json.substring(tokens.get(first).start(), tokens.get(last).end());
            return json.substring(0, tokens.get(last).end())
                    + part
                    + json.substring(tokens.get(last).end());
        }
    }

    /** Without everything from one token to another. */
    record Remove(int from, int count) implements JsonMutation {
        @Override
        public String apply(String json) {
            List<MatchResult> tokens = tokens(json);
            if (tokens.isEmpty()) {
                return json;
            }
            int first = from % tokens.size();
            int last = Math.min(tokens.size() - 1, first + count);
            return json.substring(0, tokens.get(first).start())
                    + json.substring(tokens.get(last).end());
        }
    }

    /** Blanks before a token: says the same. */
    record Space(int index, String blanks) implements JsonMutation {
        @Override
        public String apply(String json) {
            List<MatchResult> tokens = tokens(json);
            return tokens.isEmpty() ? blanks : new Replace(index, blanks + group(tokens, index)).apply(json);
        }
    }

    /** Another letter at the end of a text: names and words change, JSON it stays. */
    record Letter(int index, char letter) implements JsonMutation {
        @Override
        public String apply(String json) {
            List<MatchResult> texts = tokens(json).stream()
                    .filter(token -> token.group().matches("\"\\w[^\\\\]*\""))
                    .toList();
            if (texts.isEmpty()) {
                return json;
            }
            MatchResult text = texts.get(index % texts.size());
            return json.substring(0, text.end() - 2) + letter + json.substring(text.end() - 1);
        }
    }

    private static String group(List<MatchResult> tokens, int index) {
        return tokens.get(index % tokens.size()).group();
    }

    private static List<MatchResult> tokens(String json) {
        return TOKEN.matcher(json).results().toList();
    }

    /** Any change. */
    static Arbitrary<JsonMutation> any() {
        Arbitrary<Integer> index = Arbitraries.integers().between(0, 400);
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 30);
        List<Arbitrary<? extends JsonMutation>> kinds = new ArrayList<>();
        kinds.add(Combinators.combine(index, Arbitraries.of(REPLACEMENTS)).as(Replace::new));
        kinds.add(Combinators.combine(index, index).as(Copy::new));
        kinds.add(Combinators.combine(index, few).as(Repeat::new));
        kinds.add(Combinators.combine(index, few).as(Remove::new));
        kinds.add(Combinators.combine(index, Arbitraries.of(" ", "\n", "\t  ")).as(Space::new));
        kinds.add(Combinators.combine(index, Arbitraries.of('a', 'F', '2', 'é', '"'))
                .as(Letter::new));
        return Arbitraries.oneOf(kinds);
    }
}
