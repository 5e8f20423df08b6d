import yargs from "yargs";

yargs(process.argv.slice(2)).scriptName("peer").version("1.0.0").command("ls", "list").parse();
