package org.sqltune.cli.model;

import org.sqltune.core.io.ByteSizes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as transformers writes it, such as {@code 5GB}. */
final class ByteSizeOption implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        return ByteSizes.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a size: write 5GB or 500MB"));
    }
}
