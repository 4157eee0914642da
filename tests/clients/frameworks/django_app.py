"""An application of Django REST framework that a generated client calls: `app.py PORT` serves it, `app.py` prints its document."""

import json
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="secret",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=False,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "rest_framework.authtoken",
        "drf_spectacular",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
        "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
        "PAGE_SIZE": 2,
    },
    SPECTACULAR_SETTINGS={
        "TITLE": "Library",
        "VERSION": "1.0.0",
        "COMPONENT_SPLIT_REQUEST": True,
        "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    },
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from drf_spectacular.generators import SchemaGenerator  # noqa: E402
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema  # noqa: E402
from rest_framework import permissions, routers, serializers, viewsets  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402
from rest_framework.authtoken.views import ObtainAuthToken  # noqa: E402
from rest_framework.decorators import action, api_view, permission_classes  # noqa: E402
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser  # noqa: E402
from rest_framework.response import Response  # noqa: E402


class Book(models.Model):
    title = models.CharField(max_length=20)
    price = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    genre = models.CharField(max_length=9, choices=[("sci-fi", "Science"), ("poetry", "Poetry")], null=True, blank=True)
    level = models.IntegerField(choices=[(1, "Low"), (2, "High")], default=1)
    published = models.DateTimeField(null=True, blank=True)
    opens = models.TimeField(null=True, blank=True)
    meta = models.JSONField(default=dict, blank=True)
    site = models.URLField(blank=True, default="")
    cover = models.FileField(null=True, blank=True)

    class Meta:
        app_label = "library"
        ordering = ["id"]


class BookSerializer(serializers.ModelSerializer):
    label = serializers.SerializerMethodField()
    cover = serializers.FileField(write_only=True, required=False, allow_null=True)
    tags = serializers.ListField(child=serializers.CharField(), write_only=True, required=False)

    class Meta:
        model = Book
        exclude = []

    def get_label(self, book) -> str:
        return f"{book.title}!"

    def validate(self, data):
        data.pop("tags", None)
        cover = data.pop("cover", None)
        if cover is not None:
            data["pages"] = cover.size
        return data


class RatingSerializer(serializers.Serializer):
    stars = serializers.IntegerField(min_value=1, max_value=5)
    note = serializers.CharField(required=False)


class CatSerializer(serializers.Serializer):
    kind = serializers.CharField()
    lives = serializers.IntegerField()


class DogSerializer(serializers.Serializer):
    kind = serializers.CharField()
    bark = serializers.FloatField()


class BookViews(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = BookSerializer
    permission_classes = [permissions.AllowAny]
    parser_classes = [JSONParser, FormParser, MultiPartParser]

    @extend_schema(request=RatingSerializer, responses={200: RatingSerializer})
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def rate(self, request, pk=None):
        rating = RatingSerializer(data=request.data)
        rating.is_valid(raise_exception=True)
        return Response(rating.data)


PET = {"cat": CatSerializer, "dog": DogSerializer}


@extend_schema(
    request=PolymorphicProxySerializer("Pet", PET, "kind"),
    responses=PolymorphicProxySerializer("Pet", PET, "kind"),
)
@api_view(["POST"])
@permission_classes([permissions.AllowAny])
def pets(request):
    pet = PET[request.data["kind"]](data=request.data)
    pet.is_valid(raise_exception=True)
    return Response(pet.data)


@extend_schema(
    parameters=[OpenApiParameter("columns", str, many=True, explode=False)],
    responses={(200, "text/csv"): str},
)
@api_view(["GET"])
@permission_classes([permissions.AllowAny])
def export(request):
    columns = request.query_params.get("columns", "id,title").split(",")
    rows = Book.objects.values_list(*columns)
    return HttpResponse("\n".join(",".join(map(str, row)) for row in rows), content_type="text/csv")


@extend_schema(responses={200: {"type": "object", "properties": {"name": {"type": "string"}}}})
@api_view(["GET"])
@permission_classes([permissions.IsAuthenticated])
def me(request):
    return Response({"name": request.user.username})


@extend_schema(request=None, responses={200: None})
@api_view(["GET"])
@permission_classes([permissions.AllowAny])
def ping(request):
    return HttpResponse(b"pong", content_type="application/octet-stream")


router = routers.DefaultRouter()
router.include_root_view = False
router.register("books", BookViews)
urlpatterns = [
    path("", include(router.urls)),
    path("pets/", pets),
    path("export/", export),
    path("me/", me),
    path("ping/", ping),
    path("token/", ObtainAuthToken.as_view()),
]


def serve(port: int) -> None:
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from django.apps import apps
    from django.core.wsgi import get_wsgi_application

    with connection.schema_editor() as editor:
        for model in [*apps.get_models(), Book]:
            if model._meta.db_table not in connection.introspection.table_names():
                editor.create_model(model)
    user = User.objects.create_user("jane", password="hush & co")
    Token.objects.create(user=user, key="jane-token")

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet).serve_forever()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print(json.dumps(SchemaGenerator().get_schema(request=None, public=True), indent=2))
    else:
        serve(int(sys.argv[1]))
