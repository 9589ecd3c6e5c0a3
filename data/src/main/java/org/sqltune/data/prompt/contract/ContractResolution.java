package org.sqltune.data.prompt.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;

/**
 * Determines the prompts of a model for every entry point. The sources in order: the contract in the adapter's
 * folder; for an adapter without one, the {@code config.yaml} of its run; the contract in the model's folder; the
 * model's run; the defaults.
 *
 * <p>A setting on the command line overrides a contract, with a warning, since it is deliberate. A setting in a
 * configuration file doesn't, with a warning, since the file may be older than the model or belong to another run.
 * Without a contract, a given configuration file overrides that of the run.
 *
 * @param contract the prompts to use; its form is never null
 * @param source the source that decided
 * @param notes remarks for the user, one line each: the source if it isn't a contract, and every contradicting
 *     setting; empty if a contract decides and nothing contradicts it
 */
public record ContractResolution(PromptContract contract, Source source, List<String> notes) {

    /** The sources of prompts. */
    public enum Source {
        /** {@code sqltune.json}. */
        CONTRACT,
        /** A configuration file: a given one, or the run's. */
        CONFIG,
        /** The defaults and the command line. */
        DEFAULTS
    }

    public ContractResolution {
        notes = List.copyOf(notes);
    }

    /**
     * Resolves the prompts without a configuration.
     *
     * @param adapter the adapter's folder; null for none
     * @param model the base model's folder
     * @throws org.sqltune.core.SqlTuneException if the contract can't be used
     * @throws org.sqltune.core.config.ConfigException if the run's configuration decides and has faults
     */
    public static ContractResolution of(@Nullable Path adapter, Path model) {
        Optional<Path> file =
                Optional.ofNullable(adapter).flatMap(RunConfigFile::beside).or(() -> RunConfigFile.beside(model));
        Supplier<DataSettings> settings = () -> new RunConfigLoader(path -> true)
                .load(file.orElse(null), List.of())
                .data();
        return Found.in(adapter, () -> model)
                .map(found -> found.with(GivenSettings.NONE, settings))
                .orElseGet(() -> without(
                        name(adapter, model.toString()),
                        new GivenSettings(file.orElse(null), Set.of(), Set.of()),
                        settings.get()));
    }

    /**
     * Resolves the prompts with a configuration.
     *
     * @param adapter the adapter's folder; null for none
     * @param model the base model's name
     * @param folder supplies the base model's folder; not called if the adapter's folder decides
     * @param settings the configuration's section {@code data}
     * @param given the explicit settings
     * @throws org.sqltune.core.SqlTuneException if the contract can't be used, or the folder can't be found
     */
    public static ContractResolution of(
            @Nullable Path adapter, String model, Supplier<Path> folder, DataSettings settings, GivenSettings given) {
        return Found.in(adapter, folder)
                .map(found -> found.with(given, () -> settings))
                .orElseGet(() -> without(name(adapter, model), given, settings));
    }

    /** Logs the notes; those of a contract as warnings, since they are contradictions or gaps. */
    public void tell(Logger log) {
        notes.forEach(source == Source.CONTRACT ? log::warn : log::info);
    }

    private static String name(@Nullable Path adapter, String model) {
        return adapter == null ? model : adapter.toString();
    }

    private static ContractResolution without(String name, GivenSettings given, DataSettings settings) {
        PromptContract contract = PromptContract.of(settings);
        boolean typed = Arrays.stream(PromptSetting.values())
                .anyMatch(each -> given.onCommandLine().contains(each.key()));
        String decides = given.file() != null
                ? "as " + given.file() + " says"
                : typed ? "as the command line says" : "with the default prompts";
        String note = name + " has no " + ContractFile.NAME + ": asked " + decides + ", " + shown(contract);
        return new ContractResolution(contract, given.file() == null ? Source.DEFAULTS : Source.CONFIG, List.of(note));
    }

    private static String shown(PromptContract contract) {
        return PromptSetting.PROMPT_FORMAT.key() + "=" + PromptSetting.PROMPT_FORMAT.valueIn(contract) + " "
                + PromptSetting.SCHEMA_FORMAT.key() + "=" + PromptSetting.SCHEMA_FORMAT.valueIn(contract);
    }

    /**
     * A contract and its folder.
     *
     * @param folder the adapter's or the model's folder
     * @param contract the content of its file
     */
    private record Found(Path folder, PromptContract contract) {
        static Optional<Found> in(@Nullable Path adapter, Supplier<Path> model) {
            Optional<Found> own = Optional.ofNullable(adapter).flatMap(Found::in);
            if (own.isPresent()
                    || (adapter != null && RunConfigFile.beside(adapter).isPresent())) {
                return own;
            }
            return in(model.get());
        }

        private static Optional<Found> in(Path folder) {
            return ContractFile.read(folder).map(contract -> new Found(folder, contract));
        }

        ContractResolution with(GivenSettings given, Supplier<DataSettings> settings) {
            if (contract.promptFormat() == null) {
                return asText(PromptContract.of(settings.get()));
            }
            List<String> notes = new ArrayList<>();
            if (!contract.isWordedAsTrained()) {
                notes.add(otherWords());
            }
            if (given.equals(GivenSettings.NONE)) {
                return new ContractResolution(contract, Source.CONTRACT, notes);
            }
            PromptContract wanted = PromptContract.of(settings.get());
            Set<PromptSetting> taken = EnumSet.noneOf(PromptSetting.class);
            for (PromptSetting setting : PromptSetting.values()) {
                boolean typed = given.onCommandLine().contains(setting.key());
                if (!setting.valueIn(wanted).equals(setting.valueIn(contract))
                        && (typed || given.inFile().contains(setting.key()))) {
                    notes.add(typed ? typed(setting, wanted) : written(setting, wanted, given));
                    if (typed) {
                        taken.add(setting);
                    }
                }
            }
            return new ContractResolution(mixed(wanted, taken), Source.CONTRACT, notes);
        }

        /** Resolves the prompts of a model trained on the user's own texts, which only the user can write. */
        private ContractResolution asText(PromptContract asked) {
            String note = file() + " says that the model was trained on prompts of its user's own, which"
                    + " no prompt format describes: questions with schemas are asked as " + shown(asked)
                    + ", which it may never have seen; choose with data.prompt_format=";
            return new ContractResolution(
                    asked.withChat(contract.chatTemplate(), contract.systemPrompt()), Source.CONTRACT, List.of(note));
        }

        private String otherWords() {
            return file() + " says that the model was trained on other words of "
                    + PromptSetting.PROMPT_FORMAT.key() + "="
                    + PromptSetting.PROMPT_FORMAT.valueIn(contract)
                    + " than this version of SqlTune writes: its answers may be worse; ask it with the version that trained"
                    + " it, or train it again";
        }

        private String typed(PromptSetting setting, PromptContract wanted) {
            return setting.key() + " is " + setting.shownIn(wanted) + " on the command line, but " + file() + " says "
                    + setting.shownIn(contract) + ": " + setting.shownIn(wanted)
                    + " is used, which the model wasn't trained with";
        }

        private String written(PromptSetting setting, PromptContract wanted, GivenSettings given) {
            return setting.key() + " is " + setting.shownIn(wanted) + " in " + given.file() + ", but " + file()
                    + " says "
                    + setting.shownIn(contract) + ": " + setting.shownIn(contract) + " is used; to insist, add "
                    + setting.key() + "=" + setting.shownIn(wanted) + " to the command line";
        }

        private Path file() {
            return folder.resolve(ContractFile.NAME);
        }

        private PromptContract mixed(PromptContract wanted, Set<PromptSetting> taken) {
            PromptContract form = taken.contains(PromptSetting.PROMPT_TEMPLATE)
                    ? wanted
                    : from(wanted, taken, PromptSetting.PROMPT_FORMAT);
            return new PromptContract(
                    form.promptFormat(),
                    form.wording(),
                    from(wanted, taken, PromptSetting.SCHEMA_FORMAT).schemaFormat(),
                    from(wanted, taken, PromptSetting.PRIMARY_KEYS).primaryKeys(),
                    from(wanted, taken, PromptSetting.FOREIGN_KEYS).foreignKeys(),
                    from(wanted, taken, PromptSetting.COMMENTS).comments(),
                    from(wanted, taken, PromptSetting.SAMPLE_VALUES).sampleValues(),
                    from(wanted, taken, PromptSetting.MAX_TOKENS).schemaMaxTokens(),
                    from(wanted, taken, PromptSetting.VALUE_LINKS).valueLinks(),
                    contract.dialect(),
                    from(wanted, taken, PromptSetting.CHAT_TEMPLATE).chatTemplate(),
                    contract.stop(),
                    contract.maxLength(),
                    form.promptTemplate(),
                    from(wanted, taken, PromptSetting.SYSTEM_PROMPT).systemPrompt(),
                    knowledge(wanted, taken));
        }

        private KnowledgeSettings knowledge(PromptContract wanted, Set<PromptSetting> taken) {
            return new KnowledgeSettings(
                    from(wanted, taken, PromptSetting.GLOSSARY).knowledge().glossary(),
                    from(wanted, taken, PromptSetting.GLOSSARY_COMMENTS)
                            .knowledge()
                            .glossaryComments(),
                    from(wanted, taken, PromptSetting.EXAMPLES).knowledge().examples(),
                    from(wanted, taken, PromptSetting.DOCUMENTATION).knowledge().documentation(),
                    from(wanted, taken, PromptSetting.RETRIEVED_EXAMPLES)
                            .knowledge()
                            .retrievedExamples(),
                    from(wanted, taken, PromptSetting.RETRIEVED_PARAGRAPHS)
                            .knowledge()
                            .retrievedParagraphs(),
                    from(wanted, taken, PromptSetting.RETRIEVED_MAX_TOKENS)
                            .knowledge()
                            .retrievedMaxTokens());
        }

        private PromptContract from(PromptContract wanted, Set<PromptSetting> taken, PromptSetting setting) {
            return taken.contains(setting) ? wanted : contract;
        }
    }
}
