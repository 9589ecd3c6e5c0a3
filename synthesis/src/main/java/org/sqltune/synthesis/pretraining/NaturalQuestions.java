package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.syntax.ParsedSql;
import org.sqltune.core.sql.syntax.Queries;
import org.sqltune.data.link.GoldValues;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.pretraining.NaturalMix.NaturalPair;

/**
 * Natural questions as prompts and completions: groups of one schema, repeated in a new order each round. Large
 * sources with one kind of question or a single database are sampled less ({@link #SHARES}). Each group gets a random
 * schema format ({@link SchemaPresentation}), most get value links ({@link SimulatedLinks}), questions get typing noise
 * ({@link QuestionNoise}), and SQL a uniform spelling ({@link SqlSpelling}). Pairs with unparseable SQL, or too long
 * for a small model, are left out.
 */
final class NaturalQuestions {
    /** The share of a source that one round takes; 1 for sources not named here. */
    private static final Map<String, Double> SHARES = Map.of(
            "wikisql-train", 0.22,
            "advising", 0.4,
            "ehrsql", 0.4,
            "mimicsql", 0.4,
            "footballdb", 0.5,
            "fiben", 0.3,
            "beaver", 0.3,
            "sede", 0.5);

    private static final int MOST_SQL_TOKENS = 130;
    private static final int MOST_TABLE_TOKENS = 500;
    private static final double WITHOUT_LINKS = 0.2;
    private static final double WITH_EVIDENCE = 0.5;

    private record Pair(String source, Example example, Schema schema, Set<String> tables) {}

    private final Map<Schema, List<Pair>> bySchema = new LinkedHashMap<>();
    private final Map<Schema, KnownTexts> known = new HashMap<>();
    private final List<List<Pair>> left = new ArrayList<>();
    private final int atOnce;
    private final Sampler random;
    private final SimulatedLinks links;
    private final SchemaPresentation presentation;
    private final QuestionNoise noise;

    /**
     * @param pairs in any order
     * @param atOnce the maximal number of questions of one schema in a group
     */
    NaturalQuestions(List<NaturalPair> pairs, int atOnce, Sampler random) {
        this.atOnce = atOnce;
        this.random = random;
        this.links = new SimulatedLinks(random);
        this.presentation = new SchemaPresentation(random);
        this.noise = new QuestionNoise(random);
        for (NaturalPair each : pairs) {
            usable(each).ifPresent(pair -> {
                bySchema.computeIfAbsent(pair.schema(), schema -> new ArrayList<>())
                        .add(pair);
                KnownTexts texts = known.computeIfAbsent(pair.schema(), schema -> new KnownTexts());
                GoldValues.of(pair.example().sql(), pair.schema()).forEach(texts::add);
            });
        }
    }

    private static Optional<Pair> usable(NaturalPair pair) {
        Schema schema = (Schema) pair.example().schema();
        return SqlSpelling.of(pair.example().sql(), schema)
                .filter(sql -> TokenEstimate.of(sql) <= MOST_SQL_TOKENS)
                .map(sql -> new Pair(pair.source(), withSql(pair.example(), sql), schema, tables(sql, schema)))
                .filter(each -> tokens(each.tables(), schema) <= MOST_TABLE_TOKENS);
    }

    private static Example withSql(Example example, String sql) {
        return new Example(
                example.id(),
                example.databaseId(),
                example.question(),
                example.schema(),
                sql,
                example.category(),
                example.explanation(),
                example.context());
    }

    private static Set<String> tables(String sql, Schema schema) {
        return ParsedSql.of(sql).stream()
                .flatMap(parsed -> Queries.tables(parsed.query()).stream())
                .flatMap(table -> schema.table(table.name()).stream())
                .map(Table::name)
                .collect(Collectors.toSet());
    }

    private static int tokens(Set<String> tables, Schema schema) {
        return schema.tables().stream()
                .filter(table -> tables.contains(table.name()))
                .mapToInt(SchemaPresentation::tokens)
                .sum();
    }

    boolean isEmpty() {
        return bySchema.isEmpty();
    }

    /** Returns the number of pairs. */
    int size() {
        return bySchema.values().stream().mapToInt(List::size).sum();
    }

    /** Returns the next group, all of one schema. */
    List<PromptCompletion> next() {
        while (left.isEmpty()) {
            bySchema.values().forEach(this::addRound);
            random.shuffle(left);
        }
        return written(left.remove(left.size() - 1));
    }

    /** Returns every pair once, by group. */
    List<List<PromptCompletion>> once() {
        return bySchema.values().stream().map(this::written).toList();
    }

    private void addRound(List<Pair> ofOneSchema) {
        // A schema with a single source is drawn as a whole, so that its questions still share it.
        double least =
                ofOneSchema.stream().mapToDouble(NaturalQuestions::share).min().orElse(1);
        boolean large = ofOneSchema.size() > atOnce;
        if (!large && !random.chance(least)) {
            return;
        }
        List<Pair> drawn = new ArrayList<>(ofOneSchema);
        drawn.removeIf(pair -> large && !random.chance(share(pair)));
        random.shuffle(drawn);
        for (int start = 0; start < drawn.size(); start = end(drawn, start)) {
            left.add(List.copyOf(drawn.subList(start, end(drawn, start))));
        }
    }

    /** Returns the end of the group: the group may not be too large, and its tables must fit into one prompt. */
    private int end(List<Pair> pairs, int start) {
        Set<String> tables = new HashSet<>();
        int end = start;
        while (end < Math.min(start + atOnce, pairs.size())) {
            tables.addAll(pairs.get(end).tables());
            if (end > start && tokens(tables, pairs.get(end).schema()) > MOST_TABLE_TOKENS) {
                break;
            }
            end++;
        }
        return end;
    }

    private static double share(Pair pair) {
        return SHARES.getOrDefault(pair.source(), 1.0);
    }

    private List<PromptCompletion> written(List<Pair> group) {
        Schema schema = group.get(0).schema();
        KnownTexts texts = known.getOrDefault(schema, new KnownTexts());
        Set<String> needed =
                group.stream().flatMap(pair -> pair.tables().stream()).collect(Collectors.toSet());
        SchemaPresentation.Presented shown = presentation.present(schema, needed, texts);
        boolean linked = !random.chance(WITHOUT_LINKS);
        return group.stream().map(pair -> written(pair, shown, linked, texts)).toList();
    }

    private PromptCompletion written(Pair pair, SchemaPresentation.Presented shown, boolean linked, KnownTexts texts) {
        Example example = pair.example();
        List<ValueLink> found = linked ? links.of(example.question(), example.sql(), shown.schema(), texts) : List.of();
        List<ValueLink> gold = GoldValues.of(example.sql(), shown.schema());
        Set<String> values = gold.stream().map(ValueLink::value).collect(Collectors.toSet());
        String question = noise.on(example.question(), values, found.containsAll(gold));
        String evidence = random.chance(WITH_EVIDENCE) ? example.context().evidence() : "";
        SqlQuestion asked = new SqlQuestion(
                example.id(),
                example.databaseId(),
                question,
                shown.schema(),
                new QuestionContext("", "", evidence).withValues(found));
        return new PromptCompletion(example.id(), shown.template().render(asked), example.sql());
    }

    /** Returns the key by which questions are compared with excluded ones: letters and digits in lower case. */
    static String key(String question) {
        return question.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
