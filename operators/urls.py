app_name = "operators"

urlpatterns = []
