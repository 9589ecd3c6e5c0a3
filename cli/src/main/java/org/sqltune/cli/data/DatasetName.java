package org.sqltune.cli.data;

import java.util.Arrays;
import java.util.List;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.text.NearestNames;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A data set's name as in {@code data.dataset}. */
final class DatasetName implements ITypeConverter<Dataset> {
    @Override
    public Dataset convert(String text) {
        List<String> names = Arrays.stream(Dataset.values()).map(Dataset::key).toList();
        return Arrays.stream(Dataset.values())
                .filter(each -> each.key().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no data set " + text + "; there are "
                        + String.join(", ", names) + NearestNames.suggestion(text, names)));
    }
}
