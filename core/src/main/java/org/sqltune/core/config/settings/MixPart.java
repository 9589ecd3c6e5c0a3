package org.sqltune.core.config.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings.Dataset;

/**
 * One of the data sets of {@code data.mix}.
 *
 * @param dataset its name; {@link Dataset#FILES} for a file
 * @param path where a named data set lies; null where it needs none
 * @param file rows of the user's own; null for a named data set
 * @param weight its share of the mixture's training examples, compared with the others' weights
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MixPart(
        Dataset dataset, @Nullable Path path, @Nullable Path file, double weight) {
    /** What ids of its examples begin with, and messages call it: the file's name, or the data set's. */
    public String name() {
        return file == null ? dataset.key() : String.valueOf(file.getFileName());
    }
}
