"""The one thing that the emulator leaves out: it ignores the OpenAPI body that SAM writes for an HTTP API.

So the routes and the authorizer are read from the deployed template and made through the API Gateway calls instead.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.local.deployment import clients
from tests.local.places import REGION, STACK_NAME

_FUNCTION = re.compile(r'\$\{(\w+)\.Arn\}/invocations|"Fn::GetAtt": \["(\w+)", "Arn"\]')
_ACCOUNT = "000000000000"


def build_routes(endpoint: str, api_id: str, functions: Mapping[str, str]) -> int:
    """Gives the deployed API its routes; answers how many. Running it again starts afresh.

    Raises ValueError for an endpoint that is not on this machine.
    """
    gateway = clients(endpoint, "apigatewayv2")
    body = _openapi(endpoint)
    _clear(gateway, api_id)
    authorizers = {name: _authorizer(gateway, api_id, name, scheme, functions) for name, scheme in _schemes(body)}
    integrations: dict[str, str] = {}
    routes = 0
    for key, operation in _operations(body):
        arn = _arn(operation["x-amazon-apigateway-integration"]["uri"], functions)
        integrations.setdefault(arn, "")
        integrations[arn] = integrations[arn] or _integration(gateway, api_id, arn)
        _route(gateway, api_id, key, integrations[arn], [authorizers[name] for name in _security(operation)])
        routes += 1
    return routes


def _openapi(endpoint: str) -> dict[str, Any]:
    answer = clients(endpoint, "cloudformation").get_template(StackName=STACK_NAME, TemplateStage="Processed")
    template = answer["TemplateBody"]
    resources = (json.loads(template) if isinstance(template, str) else template)["Resources"]
    return next(each["Properties"]["Body"] for each in resources.values() if each["Type"] == "AWS::ApiGatewayV2::Api")


def _schemes(body: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    schemes = body.get("components", {}).get("securitySchemes", {})
    return [(name, scheme["x-amazon-apigateway-authorizer"]) for name, scheme in schemes.items()]


def _operations(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in body["paths"].items():
        for method, operation in methods.items():
            word = "ANY" if method == "x-amazon-apigateway-any-method" else method.upper()
            yield f"{word} {path}", operation


def _security(operation: dict[str, Any]) -> list[str]:
    return [name for requirement in operation.get("security", []) for name in requirement if name != "NONE"]


def _arn(uri: Mapping[str, Any] | str, functions: Mapping[str, str]) -> str:
    """The function behind an integration's address, which SAM writes with `Fn::Sub`."""
    text = uri if isinstance(uri, str) else json.dumps(uri)
    found = _FUNCTION.search(text)
    if found is None:
        raise ValueError(f"no function in {text}")
    return f"arn:aws:lambda:{REGION}:{_ACCOUNT}:function:{functions[found[1] or found[2]]}"


def _authorizer(gateway: Any, api_id: str, name: str, scheme: dict[str, Any], functions: Mapping[str, str]) -> str:
    function = _arn(scheme["authorizerUri"], functions)
    return gateway.create_authorizer(
        ApiId=api_id,
        Name=name,
        AuthorizerType="REQUEST",
        AuthorizerUri=f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function}/invocations",
        AuthorizerPayloadFormatVersion=scheme["authorizerPayloadFormatVersion"],
        AuthorizerResultTtlInSeconds=scheme.get("authorizerResultTtlInSeconds", 0),
        EnableSimpleResponses=scheme["enableSimpleResponses"],
        IdentitySource=[],
    )["AuthorizerId"]


def _integration(gateway: Any, api_id: str, arn: str) -> str:
    return gateway.create_integration(
        ApiId=api_id,
        IntegrationType="AWS_PROXY",
        IntegrationMethod="POST",
        IntegrationUri=arn,
        PayloadFormatVersion="2.0",
    )["IntegrationId"]


def _route(gateway: Any, api_id: str, key: str, integration: str, authorizers: list[str]) -> None:
    guard = {"AuthorizationType": "NONE"}
    if authorizers:
        guard = {"AuthorizationType": "CUSTOM", "AuthorizerId": authorizers[0]}
    gateway.create_route(ApiId=api_id, RouteKey=key, Target=f"integrations/{integration}", **guard)


def _clear(gateway: Any, api_id: str) -> None:
    for route in gateway.get_routes(ApiId=api_id)["Items"]:
        gateway.delete_route(ApiId=api_id, RouteId=route["RouteId"])
    for integration in gateway.get_integrations(ApiId=api_id)["Items"]:
        gateway.delete_integration(ApiId=api_id, IntegrationId=integration["IntegrationId"])
    for authorizer in gateway.get_authorizers(ApiId=api_id)["Items"]:
        gateway.delete_authorizer(ApiId=api_id, AuthorizerId=authorizer["AuthorizerId"])
