package org.sqltune.synthesis.pretraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.NameShortener;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.invention.SchemaInventor;
import org.sqltune.synthesis.invention.SchemaSpeller;
import org.sqltune.synthesis.invention.ValueInventor;
import org.sqltune.synthesis.invention.WordLists;
import org.sqltune.synthesis.shape.Asker;
import org.sqltune.synthesis.shape.ConditionWriter;
import org.sqltune.synthesis.shape.Grammar;
import org.sqltune.synthesis.shape.QuestionAndSql;

/**
 * A corpus of generated examples. It is generated while it is read, so it may have any length; the questions of one
 * schema are consecutive.
 */
public final class PretrainingCorpus {
    /** Number of generated schemas between two groups of borrowed questions. */
    private static final int SCHEMAS_BETWEEN_BORROWED = 8;

    /** The prompt form with which the small model is pre-trained and fine-tuned. */
    private final PromptTemplate template = PromptTemplate.of(PromptFormat.INST, SchemaFormat.TABLE);

    private final PretrainingSettings settings;
    private final List<PromptCompletion> borrowed;
    private final NaturalMix natural;

    /** Creates a corpus of generated questions only. */
    public PretrainingCorpus(PretrainingSettings settings) {
        this(settings, List.of());
    }

    /**
     * Creates a corpus with borrowed questions.
     *
     * @param borrowed natural questions in the prompt form {@code inst}. After the easiest phase they fill a ninth of
     *     the schemas, repeated as needed
     */
    public PretrainingCorpus(PretrainingSettings settings, List<PromptCompletion> borrowed) {
        this(settings, borrowed, NaturalMix.NONE);
    }

    /**
     * Creates a corpus with natural questions, in which schema formats vary and questions have value links.
     *
     * @param natural natural questions. After the easiest phase they fill half of the corpus, repeated in a new order
     *     each round
     */
    public PretrainingCorpus(PretrainingSettings settings, NaturalMix natural) {
        this(settings, List.of(), natural);
    }

    private PretrainingCorpus(PretrainingSettings settings, List<PromptCompletion> borrowed, NaturalMix natural) {
        this.settings = settings;
        this.borrowed = List.copyOf(borrowed);
        this.natural = natural;
    }

    /**
     * Generates every example in order.
     *
     * @param reader receives each example
     */
    public void forEach(Consumer<PromptCompletion> reader) {
        if (natural.train().isEmpty()) {
            forEachPlain(reader);
        } else {
            forEachNatural(reader);
        }
    }

    private void forEachNatural(Consumer<PromptCompletion> reader) {
        NaturalQuestions people =
                new NaturalQuestions(natural.train(), settings.questionsPerSchema(), new Sampler(settings.seed() + 1));
        Sampler random = new Sampler(settings.seed() + 2);
        InventedPrompts invented = new InventedPrompts(new ValueInventor(WordLists.load(), random), random);
        long easy = settings.curriculum().easiest();
        long[] counts = {0, 0};
        forEachSchema((schema, questions) -> {
            invented.of(schema, questions).forEach(reader);
            counts[0] += questions.size();
            while (!people.isEmpty() && counts[1] < counts[0] - easy) {
                List<PromptCompletion> group = people.next();
                group.forEach(reader);
                counts[1] += group.size();
            }
        });
    }

    /**
     * Returns the approximate number of rows: questions come in groups, and the last one may exceed the requested
     * number.
     */
    public long roughSize() {
        long natural = settings.examples() - settings.curriculum().easiest();
        return settings.examples() + (this.natural.train().isEmpty() ? 0 : Math.max(0, natural));
    }

    /** Returns the held-out natural questions, each once, with the schemas in random order. */
    public List<PromptCompletion> heldOut() {
        Sampler random = new Sampler(settings.seed() + 3);
        NaturalQuestions people = new NaturalQuestions(natural.heldOut(), settings.questionsPerSchema(), random);
        List<List<PromptCompletion>> groups = new ArrayList<>(people.once());
        random.shuffle(groups);
        return groups.stream().flatMap(List::stream).toList();
    }

    private void forEachPlain(Consumer<PromptCompletion> reader) {
        BorrowedQuestions others =
                new BorrowedQuestions(borrowed, settings.questionsPerSchema(), new Sampler(settings.seed()));
        long easy = settings.curriculum().phases().get(0).examples();
        Progress progress = new Progress();
        forEachSchema((schema, questions) -> {
            for (int number = 0; number < questions.size(); number++) {
                reader.accept(example(schema, number, questions.get(number)));
            }
            progress.examples += questions.size();
            if (!others.isEmpty() && progress.examples >= easy && ++progress.schemas % SCHEMAS_BETWEEN_BORROWED == 0) {
                others.next().forEach(reader);
            }
        });
    }

    private PromptCompletion example(InventedSchema schema, int number, QuestionAndSql asked) {
        String id = schema.id() + "-" + number;
        SqlQuestion question = new SqlQuestion(id, schema.id(), asked.question(), schema.schema());
        return new PromptCompletion(id, template.render(question), asked.sql());
    }

    /** The progress of the generated part. */
    private static final class Progress {
        private long examples;
        private long schemas;
    }

    /**
     * Writes the corpus as JSON lines with the keys {@code prompt} and {@code completion}.
     *
     * @param file the output file, replaced atomically
     */
    public void writeTo(Path file) {
        writeTo(file, rows -> {});
    }

    /**
     * Writes the corpus as JSON lines with the keys {@code prompt} and {@code completion}.
     *
     * @param file the output file, replaced atomically
     * @param watcher receives the number of rows after each row
     */
    public void writeTo(Path file, LongConsumer watcher) {
        ObjectMapper json = new ObjectMapper();
        AtomicFiles.write(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            AtomicLong rows = new AtomicLong();
            forEach(example -> {
                writeLine(writer, json, example);
                watcher.accept(rows.incrementAndGet());
            });
            writer.flush();
        });
    }

    /** Receives a schema with its questions. */
    @FunctionalInterface
    interface SchemaReader {
        void accept(InventedSchema schema, List<QuestionAndSql> questions);
    }

    /** Generates every schema with its questions. */
    void forEachSchema(SchemaReader reader) {
        Sampler random = new Sampler(settings.seed());
        WordLists words = WordLists.load();
        ValueInventor values = new ValueInventor(words, random);
        Grammar grammar = Grammar.load("phrases.txt", random);
        Asker asker = new Asker(grammar, new ConditionWriter(grammar, values, random), values, random);
        SchemaInventor schemas = new SchemaInventor(words, values, random);
        SchemaSpeller speller = new SchemaSpeller(random);
        NameShortener shortener = new NameShortener(new Sampler(settings.seed() + 4));
        TemplateQuestions templates = new TemplateQuestions(new InventedProfile(values, random), random.choice());
        Map<PretrainingStage, InventedQuestionWriter> writers = new EnumMap<>(PretrainingStage.class);
        long left = settings.examples();
        for (long number = 0; left > 0; number++) {
            PretrainingStage stage = settings.curriculum().stage(settings.examples() - left, number);
            InventedQuestionWriter writer =
                    writers.computeIfAbsent(stage, each -> new InventedQuestionWriter(asker, each));
            InventedSchema spelt = speller.spell(schemas.invent("invented-" + number, stage.schemas()));
            // Comments, which explain short names, are shown only with natural questions.
            InventedSchema schema = natural.train().isEmpty() ? spelt : shortener.shorten(spelt);
            int wanted = (int) Math.min(left, settings.questionsPerSchema());
            List<QuestionAndSql> questions = new ArrayList<>(templates.ask(schema, wanted / 2));
            questions.addAll(writer.ask(schema, wanted - questions.size()));
            random.shuffle(questions);
            reader.accept(schema, questions);
            left -= questions.size();
        }
    }

    private static void writeLine(Writer writer, ObjectMapper json, PromptCompletion example) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("prompt", example.prompt());
        line.put("completion", example.completion());
        try {
            writer.write(json.writeValueAsString(line));
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
