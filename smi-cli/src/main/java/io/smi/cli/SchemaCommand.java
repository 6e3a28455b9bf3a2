package io.smi.cli;

import io.smi.schema.JsonSchema;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code smi schema}: the JSON Schema of the frame. */
final class SchemaCommand implements SmiCommand.Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Picocli.spec().addOption(SmiCommand.help());
        spec.usageMessage()
                .description("Print the JSON Schema (2020-12) of the frame: every key with its meaning and unit.")
                .footer("%nExample:", "  smi schema | jq '.\"$defs\" | keys'");
        return spec;
    }

    @Override
    public int run(ParseResult options, Console console) throws IOException {
        console.print(JsonSchema.text());
        return ExitCode.OK;
    }
}
