package stacks

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

// describable is what EC2 takes for the description of a security group and its rules: no apostrophe.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
var describable = regexp.MustCompile(`^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}$`)

// descriptions are the texts under a name, anywhere in a part of a template.
func descriptions(part any, name string) []string {
	var found []string
	switch part := part.(type) {
	case object:
		for key, value := range part {
			if said, ok := value.(string); ok && key == name {
				found = append(found, said)
			}
			found = append(found, descriptions(value, name)...)
		}
	case []any:
		for _, one := range part {
			found = append(found, descriptions(one, name)...)
		}
	}
	return found
}

func TestEC2TakesWhatIsSaidOfItsRules(t *testing.T) {
	t.Parallel()
	looked := 0
	for _, templates := range bothCentres(t) {
		for name, template := range templates {
			for _, kind := range []string{"AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"} {
				for id, resource := range resources(template, kind) {
					for _, said := range append(descriptions(resource, "Description"), descriptions(resource, "GroupDescription")...) {
						looked++
						assert.Regexp(t, describable, said, "%s %s", name, id)
					}
				}
			}
		}
	}
	assert.Greater(t, looked, 10)
}
