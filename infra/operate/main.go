// Command operate is what an operator does with a centre in AWS beside deploying its stacks: it checks the centre's file, says what
// would change, and changes it; and it hands out or erases what the centre knows of a customer. `make plan` and `make deploy` run it.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"guichet/shared/config"
)

const usage = `Usage: operate [-centre guichet.yaml] command

  check          say what is wrong with the centre's file
  plan           say what the file would change in the centre
  apply [-yes]   change it

  export customer [folder]   write down all that the centre has of a customer
  erase customer [-yes]      take it out

A customer is a number (+33612345678), an e-mail address, or channel:id (messenger:24680135791).
The account is that of the AWS credentials in the environment. So is the Region, unless the file says it.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, in io.Reader, out io.Writer) error {
	flags := flag.NewFlagSet("operate", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() { _, _ = fmt.Fprint(out, usage) }
	file := flags.String("centre", "guichet.yaml", "")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	command, options := flags.Arg(0), flags.Args()
	if command == "export" || command == "erase" {
		return runCustomer(ctx, *file, command, options[1:], in, out)
	}
	known := command == "check" || command == "plan" || command == "apply"
	sure := len(options) == 2 && command == "apply" && options[1] == "-yes"
	if !known || len(options) > 1 && !sure {
		flags.Usage()
		return errors.New("one of the commands is expected")
	}
	centre, err := readCentre(*file)
	if err != nil {
		return err
	}
	if command == "check" {
		_, err := fmt.Fprintf(out, "%s: nothing is wrong with it.\n", *file)
		return err
	}
	c, err := openCloud(ctx, centre.Deploy)
	if command == "plan" && errors.Is(err, errNotDeployed) {
		_, _ = fmt.Fprintf(out, "The centre is not there yet: everything that %s says will be new.\n", *file)
		return nil
	}
	if err != nil {
		return err
	}
	changes, err := c.plan(ctx, centre)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprint(out, changes)
	switch {
	case command == "plan" || changes.none():
		return nil
	case !sure && !agreed(in, out):
		return errors.New("nothing was changed")
	}
	if changes.centre.Removes() && len(changes.centre.Blocked) == 0 {
		_, _ = fmt.Fprintf(out, "\nWhat goes is removed in %s, when nothing leads there any more …\n", settleTime)
	}
	return c.apply(ctx, changes)
}

// readCentre reads the file and sees that it says what a deployment needs.
func readCentre(name string) (*config.Centre, error) {
	source, err := os.ReadFile(name) //nolint:gosec // whoever runs it says which
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s: begin with a copy of infra/local/seed/guichet.yaml", name)
	}
	if err != nil {
		return nil, err
	}
	centre, err := config.Parse(name, source)
	if err != nil {
		return nil, err
	}
	var without []string
	for _, a := range centre.Agents {
		if centre.Emails[a.ID] == "" {
			without = append(without, a.ID)
		}
	}
	if len(without) > 0 {
		return nil, fmt.Errorf("%s: people need an e-mail address to be invited to: %s", name, strings.Join(without, ", "))
	}
	return centre, nil
}

// agreed asks whether to change the centre.
func agreed(in io.Reader, out io.Writer) bool { return confirmed(in, out, "Change the centre?") }

// confirmed asks; only a yes is one.
func confirmed(in io.Reader, out io.Writer, question string) bool {
	_, _ = fmt.Fprintf(out, "\n%s [y/N] ", question)
	answer, _ := bufio.NewReader(in).ReadString('\n') // the end of the input is a no
	return strings.EqualFold(strings.TrimSpace(answer), "y")
}
