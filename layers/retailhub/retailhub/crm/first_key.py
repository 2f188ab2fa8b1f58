"""`python -m retailhub.crm.first_key TABLE` makes the first admin key of a deployed hub and shows it once.

It writes to the table itself, so it needs AWS credentials that may: whoever deployed the stack has them. The table's
name is the stack's output `TableName`. It also gets an owner back in who has lost every admin key.
"""

import sys

import botocore.session

from retailhub.crm.api_keys import create_first_key
from retailhub.store.dynamo import DynamoTable


def main(arguments: list[str]) -> int:
    """Makes the key and writes it to the standard output; 2 for a wrong call."""
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    table = DynamoTable(botocore.session.get_session().create_client("dynamodb"), arguments[0])
    sys.stdout.write(create_first_key(table) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
