package org.sqltune.data.prompt.contract;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;
import org.sqltune.data.prompt.contract.PromptContract.Dialect;

/** Contracts of every kind. */
final class AnyContract {
    private AnyContract() {}

    static Arbitrary<PromptContract> contracts() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(1, Integer.MAX_VALUE);
        Arbitrary<List<Boolean>> flags = Arbitraries.of(true, false).list().ofSize(3);
        Arbitrary<String> texts =
                Arbitraries.strings().withCharRange(' ', '\uD7FF').ofMaxLength(20);
        return Combinators.combine(
                        Arbitraries.of(PromptFormat.class).injectNull(0.2),
                        Arbitraries.of(SchemaFormat.class),
                        flags,
                        Arbitraries.integers().between(0, 100),
                        numbers.injectNull(0.5),
                        Arbitraries.of(Dialect.class),
                        texts.list().ofMaxSize(3),
                        Combinators.combine(
                                        texts.injectNull(0.5),
                                        numbers.injectNull(0.5),
                                        texts.injectNull(0.2),
                                        Arbitraries.integers().between(0, 9))
                                .as(Rest::new))
                .as((form, schema, flag, samples, tokens, dialect, stop, rest) -> new PromptContract(
                        form,
                        rest.wording(),
                        schema,
                        flag.get(0),
                        flag.get(1),
                        flag.get(2),
                        samples,
                        tokens,
                        rest.valueLinks(),
                        dialect,
                        rest.chatTemplate(),
                        stop,
                        rest.maxLength(),
                        form == PromptFormat.TEMPLATE ? "{schema} {question} " + rest.chatTemplate() : null,
                        rest.wording(),
                        knowledge(rest)));
    }

    private static KnowledgeSettings knowledge(Rest rest) {
        return rest.maxLength() == null
                ? KnowledgeSettings.DEFAULTS
                : new KnowledgeSettings(
                        rest.wording() == null ? null : "{\"term\": \"a\", \"meaning\": \"b\"}\n",
                        true,
                        null,
                        rest.chatTemplate() == null ? null : rest.chatTemplate() + "\n",
                        rest.valueLinks(),
                        0,
                        rest.maxLength());
    }

    private record Rest(
            @Nullable String chatTemplate,
            @Nullable Integer maxLength,
            @Nullable String wording,
            int valueLinks) {}
}
