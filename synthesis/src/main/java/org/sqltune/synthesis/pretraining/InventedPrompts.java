package org.sqltune.synthesis.pretraining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.data.link.GoldValues;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.invention.ValueInventor;
import org.sqltune.synthesis.shape.QuestionAndSql;

/**
 * Writes prompts for questions over an invented schema, like those for natural questions: with varied schema formats,
 * value links and noise. Other column values, which links and samples may show, are invented.
 */
final class InventedPrompts {
    private static final int VALUES = 6;
    private static final double WITHOUT_LINKS = 0.2;

    private final ValueInventor values;
    private final Sampler random;
    private final SimulatedLinks links;
    private final SchemaPresentation presentation;
    private final QuestionNoise noise;

    InventedPrompts(ValueInventor values, Sampler random) {
        this.values = values;
        this.random = random;
        this.links = new SimulatedLinks(random);
        this.presentation = new SchemaPresentation(random);
        this.noise = new QuestionNoise(random);
    }

    /** Returns the prompts of a schema's questions, in order. */
    List<PromptCompletion> of(InventedSchema invented, List<QuestionAndSql> questions) {
        Schema schema = invented.schema();
        KnownTexts known = known(invented);
        Set<String> all = schema.tables().stream().map(Table::name).collect(Collectors.toSet());
        SchemaPresentation.Presented shown = presentation.present(schema, all, known);
        boolean linked = !random.chance(WITHOUT_LINKS);
        List<PromptCompletion> prompts = new ArrayList<>();
        for (QuestionAndSql asked : questions) {
            String id = invented.id() + "-" + prompts.size();
            prompts.add(prompt(id, asked, shown, linked ? known : null));
        }
        return prompts;
    }

    private PromptCompletion prompt(
            String id, QuestionAndSql asked, SchemaPresentation.Presented shown, @Nullable KnownTexts known) {
        Schema schema = shown.schema();
        List<ValueLink> gold = GoldValues.of(asked.sql(), schema);
        List<ValueLink> found = known == null ? List.of() : links.of(asked.question(), asked.sql(), schema, known);
        Set<String> spelt = gold.stream().map(ValueLink::value).collect(Collectors.toCollection(HashSet::new));
        String question = noise.on(asked.question(), spelt, found.containsAll(gold));
        SqlQuestion whole =
                new SqlQuestion(id, schema.databaseId(), question, schema, QuestionContext.NONE.withValues(found));
        return new PromptCompletion(id, shown.template().render(whole), asked.sql());
    }

    private KnownTexts known(InventedSchema schema) {
        KnownTexts known = new KnownTexts();
        schema.tables()
                .forEach(table -> table.matching(kind -> kind.type().equals("text"))
                        .forEach(attribute -> {
                            for (int i = 0; i < VALUES; i++) {
                                String value = values.value(attribute.kind()).spoken();
                                known.add(new ValueLink(table.name(), attribute.name(), value));
                            }
                        }));
        return known;
    }
}
