package org.sqltune.model.architecture;

import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.config.Rope;
import org.sqltune.model.config.TokenIds;

/**
 * A family of models: how its config.json says what it is. A new family is one more implementation, listed in {@link
 * ModelArchitectures}.
 */
interface ModelArchitecture {
    /** What {@code model_type} calls it. */
    String modelType();

    /** Which arithmetic, names and rotary embedding the sizes of a config.json belong to. */
    Description describe(ConfigFile config);

    /**
     * What differs between families.
     *
     * @param sizes how large the model is
     * @param arithmetic how it computes
     * @param rope how it encodes positions
     * @param modules what its weights are called
     * @param tiedByDefault whether the head is the embedding where {@code tie_word_embeddings} is missing
     */
    record Description(
            DecoderSizes sizes, Arithmetic arithmetic, Rope rope, ModelModules modules, boolean tiedByDefault) {}

    /**
     * What a config.json of this family says.
     *
     * @throws SqlTuneException if a size is missing or contradicts another, or the file calls for arithmetic that is not
     *     supported
     */
    default DecoderConfig read(ConfigFile config, TokenIds tokens) {
        Description description = describe(config);
        return new DecoderConfig(
                modelType(),
                description.sizes(),
                description.arithmetic(),
                description.rope(),
                description.modules(),
                config.flag("tie_word_embeddings", description.tiedByDefault()),
                config.positive("initializer_range", 0.02),
                config.storedType(),
                tokens);
    }
}
