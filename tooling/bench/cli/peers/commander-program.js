import { Command } from "commander";

new Command().name("peer").version("1.0.0").command("ls").parent?.parse();
